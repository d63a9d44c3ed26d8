import { access, chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProgramRunner } from '../../../../platform/programs/program-runner.js';
import { ReleaseIndex } from './release-index.js';

const report = (...packages: [string, string][]) =>
  JSON.stringify({ version: '1', install: packages.map(([name, version]) => ({ metadata: { name, version } })) });

describe('ReleaseIndex', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'release-index-'));
    await mkdir(join(dataDir, 'tools'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  /** A Python that notes its arguments, says something and ends. */
  async function indexOf({ said = '', complaint = '', code = 0 }): Promise<ReleaseIndex> {
    const python = join(dataDir, 'python');
    await writeFile(join(dataDir, 'said'), said);
    const script = `printf '%s\\n' "$@" > '${dataDir}/args'; cat '${dataDir}/said'; echo '${complaint}' >&2; exit ${code}`;
    await writeFile(python, `#!/bin/sh\n${script}\n`);
    await chmod(python, 0o755);
    await writeFile(join(dataDir, 'tools', 'tools.json'), JSON.stringify({ python }));
    return new ReleaseIndex({ dataDir }, new ProgramRunner({ searchPath: process.env.PATH ?? '' }));
  }

  it('tells the release that pip would install, and lets it install nothing', async () => {
    const index = await indexOf({ said: report(['requests', '2.34.2'], ['yt-dlp', '2026.10.6']) });
    expect(await index.newest()).toBe('2026.10.06');
    const args = (await readFile(join(dataDir, 'args'), 'utf8')).trim().split('\n');
    expect(args.slice(0, 2)).toEqual(['-m', 'pip']);
    expect(args).toEqual(expect.arrayContaining(['install', '--dry-run', '--ignore-installed', 'yt-dlp[default]']));
  });

  it('ends with the process that asked', async () => {
    const index = await indexOf({});
    await writeFile(join(dataDir, 'python'), `#!/bin/sh\ntouch '${dataDir}/begun'; exec sleep 60\n`);
    const stopping = new AbortController();
    const reason = new Error('stopping');
    const asking = index.newest(stopping.signal);
    await vi.waitFor(() => access(join(dataDir, 'begun')), { timeout: 5_000 });
    stopping.abort(reason);
    await expect(asking).rejects.toBe(reason);
  }, 10_000);

  it.each([
    [{ complaint: 'ERROR: No matching distribution found', code: 1 }, 'ERROR: No matching distribution found'],
    [{ said: report(['requests', '2.34.2']) }, 'pip does not tell'],
    [{ said: '' }, 'JSON'],
  ])('throws when it cannot be told: %j', async (answer, why) => {
    await expect((await indexOf(answer)).newest()).rejects.toThrow(why);
  });
});
