/**
 * node scripts/ytdlp-update.mjs   (npm run ytdlp:update)
 *
 * Brings the yt-dlp that setup has installed, and what it impersonates browsers with, to its newest release; a running
 * service sees it within minutes. When the new one cannot be had or does not run, the old one is put back and the exit
 * code is 1.
 */
import { cpSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isExecutable, run } from './setup/program.mjs';
import { pythonOf, YTDLP_OLDEST, ytdlpOf } from './setup/python-tools.mjs';
import { withSetupLock } from './setup/setup-lock.mjs';

const PIP_MS = 8 * 60_000;
const VERSION_MS = 60_000;
const PIP = ['-m', 'pip', '--disable-pip-version-check', '--no-input', '--timeout=15', '--retries=1'];
function contextOf() {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
  const toolsDir = join(resolve(root, process.env.DATA_DIR || '.nexus'), 'tools');
  return { root, toolsDir, say: (line) => console.log(`ytdlp:update: ${line}`) };
}

/** The old environment beside the one that is changed. It has its name only when it is complete. */
const backupOf = (folder) => `${folder}.old`;

async function update(context) {
  const folder = join(context.toolsDir, 'python');
  // Of an update that was killed.
  if (existsSync(backupOf(folder))) restore(folder);

  const old = await versionOf(context);
  if (!old)
    throw new Error('setup has installed no yt-dlp here: run npm start, or update the one that YTDLP_PATH names');
  const newest = await newestRelease(context);
  backUp(folder);
  const wanted = [`yt-dlp[default]==${newest}`, `yt-dlp[curl-cffi]==${newest}`];
  const { ok, why } = await pip(context, '--quiet', 'install', '--upgrade', '--only-binary=:all:', ...wanted);
  const version = ok ? await versionOf(context) : undefined;
  if (!version) {
    restore(folder);
    throw new Error(`${old} stays: ${ok ? `${newest} does not run` : why}`);
  }
  rmSync(backupOf(folder), { recursive: true });
  context.say(version === old ? `${old} is the newest that can be installed` : `${old} → ${version}`);
}

const pip = (context, ...args) => run(pythonOf(context), [...PIP, ...args], { timeoutMs: PIP_MS });

/** With all that it needs. What is installed is left out of account: without an index pip would be content with it. */
async function newestRelease(context) {
  const requirement = `yt-dlp[default]>=${YTDLP_OLDEST}`;
  const dryRun = ['--dry-run', '--ignore-installed', '--only-binary=:all:', requirement];
  const { ok, output, why } = await pip(context, 'install', ...dryRun);
  const release = /^Would install .*\byt-dlp-([\d.]+)/m.exec(output)?.[1];
  if (!ok || release === undefined) throw new Error(`the newest release cannot be found out: ${why}`);
  return release;
}

async function versionOf(context) {
  if (!isExecutable(ytdlpOf(context))) return undefined;
  const { ok, output } = await run(ytdlpOf(context), ['--ignore-config', '--version'], { timeoutMs: VERSION_MS });
  return ok ? output.trim() : undefined;
}

function backUp(folder) {
  const unfinished = `${folder}.copy`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(folder, unfinished, { recursive: true, preserveTimestamps: true, verbatimSymlinks: true });
  renameSync(unfinished, backupOf(folder));
}

function restore(folder) {
  rmSync(folder, { recursive: true, force: true });
  renameSync(backupOf(folder), folder);
}

const context = contextOf();
withSetupLock(context, () => update(context)).catch(({ message }) => {
  console.error(`ytdlp:update: ${message}`);
  process.exitCode = 1;
});
