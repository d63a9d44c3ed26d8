import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const SCRIPT = join(process.cwd(), 'scripts', 'ytdlp-update.mjs');

const OLD = '2026.08.19';
const FOUND = "echo 'Would install requests-2.34.2 yt-dlp-2026.10.26 yt-dlp-ejs-0.8.0'";

/** Against stand-ins for Python and yt-dlp, in a data folder of its own. */
describe('ytdlp-update', () => {
  let dataDir: string;
  let tools: string;
  let bin: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'ytdlp-update-'));
    tools = join(dataDir, 'tools');
    bin = join(tools, 'python', 'bin');
    await mkdir(bin, { recursive: true });
    await executable(join(bin, 'yt-dlp'), `echo ${OLD}`);
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  async function executable(path: string, script: string): Promise<void> {
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
  }

  /** @param release the script of the yt-dlp that pip brings; null: it fails half-way */
  async function update(dryRun: string, release: string | null) {
    const arrived = join(dataDir, 'arrived');
    await executable(arrived, release ?? 'exit 1');
    const install = `echo "$@" > '${dataDir}/args'; cp '${arrived}' '${bin}/yt-dlp'; exit ${release === null ? 1 : 0}`;
    await executable(join(bin, 'python'), `case "$*" in *--dry-run*) ${dryRun} ;; *) ${install} ;; esac`);
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir };
    try {
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], { env });
      return { code: 0, said: stdout.trim() };
    } catch (error) {
      const { code, stderr } = error as { code: number; stderr: string };
      return { code, said: stderr.trim() };
    }
  }

  const version = async () => (await promisify(execFile)(join(bin, 'yt-dlp'), ['--version'])).stdout.trim();

  it('brings the newest release, with what it needs to look like a browser', async () => {
    expect(await update(FOUND, 'echo 2026.10.26')).toEqual({ code: 0, said: `ytdlp:update: ${OLD} → 2026.10.26` });
    expect(await version()).toBe('2026.10.26');
    const args = await readFile(join(dataDir, 'args'), 'utf8');
    expect(args).toContain('yt-dlp[default]==2026.10.26 yt-dlp[curl-cffi]==2026.10.26');
    expect(await readdir(tools)).toEqual(['python']);
  });

  it('says that there is nothing newer', async () => {
    expect(await update(FOUND.replace('10.26', '8.19'), `echo ${OLD}`)).toEqual({
      code: 0,
      said: `ytdlp:update: ${OLD} is the newest that can be installed`,
    });
  });

  it.each<[string, string, string | null, string]>([
    ['the index does not answer', 'exit 1', 'echo 2026.10.26', 'the newest release cannot be found out'],
    ['the install fails half-way', FOUND, null, `${OLD} stays`],
    ['the new one does not run', FOUND, 'exit 1', `${OLD} stays: 2026.10.26 does not run`],
  ])('keeps the old one when %s', async (_, dryRun, release, why) => {
    const { code, said } = await update(dryRun, release);
    expect(code).toBe(1);
    expect(said).toContain(`ytdlp:update: ${why}`);
    expect(await version()).toBe(OLD);
    expect(await readdir(tools)).toEqual(['python']);
  });

  it('first undoes an update that was killed', async () => {
    await cp(join(tools, 'python'), join(tools, 'python.old'), { recursive: true });
    await executable(join(bin, 'yt-dlp'), 'echo half of 2026.10.21');
    await executable(join(tools, 'python.old', 'bin', 'python'), 'exit 1');
    await update('exit 1', null);
    expect(await version()).toBe(OLD);
    expect(await readdir(tools)).toEqual(['python']);
  });

  it('says that setup has brought none', async () => {
    await rm(join(bin, 'yt-dlp'));
    expect(await update(FOUND, 'exit 0')).toMatchObject({
      code: 1,
      said: expect.stringContaining('npm start') as string,
    });
  });
});
