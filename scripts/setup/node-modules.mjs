import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './program.mjs';
import { hashOf, readText, STAMP, writeText } from './stamps.mjs';

const TIMEOUT_MS = 15 * 60_000;
/** The start builds, so it needs what a production install would leave out. */
const OPTIONS = ['--include=dev', '--include=optional', '--no-audit', '--no-fund'];

const stampPath = (root) => join(root, 'node_modules', STAMP);
const wanted = (root) => hashOf(readText(join(root, 'package-lock.json')), process.platform, process.arch);

export function areModulesInstalled({ root }) {
  return readText(stampPath(root)) === wanted(root);
}

/** Throws when they cannot be installed: nothing works without them. */
export async function installModules(context) {
  const { root, say } = context;
  if (areModulesInstalled(context)) return;
  if (!holdsTheLock(root)) {
    say('installing node modules with npm (about a minute)');
    const options = { cwd: root, timeoutMs: TIMEOUT_MS };
    const exact = await run('npm', ['ci', ...OPTIONS], options);
    if (!exact.ok) {
      // npm refuses a lock that lacks the optional packages of other platforms, as another npm may write it.
      say('npm ci did not work, trying npm install');
      const install = await run('npm', ['install', '--no-save', ...OPTIONS], options);
      if (!install.ok) throw new Error(`node modules could not be installed:\n${exact.why}\n\n${install.why}`);
    }
  }
  removeForeignFfprobe(root);
  writeText(stampPath(root), wanted(root));
}

/** Whether npm itself has installed what the lock says, in an install by hand. Optional packages may be missing. */
function holdsTheLock(root) {
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const locked = packagesOf(join(root, 'package-lock.json'));
  return (
    installed !== undefined &&
    Object.entries(locked).every(
      ([path, { version, optional, link }]) =>
        !path.startsWith('node_modules/') || optional || link || installed[path]?.version === version,
    )
  );
}

function packagesOf(path) {
  const text = readText(path);
  return text ? JSON.parse(text).packages : undefined;
}

/** ffprobe-static carries the programs of all platforms, 336 MB, of which one is used here. */
function removeForeignFfprobe(root) {
  const bin = join(root, 'node_modules', 'ffprobe-static', 'bin');
  if (!existsSync(join(bin, process.platform, process.arch))) return;
  const removeOthers = (folder, kept) => {
    for (const name of readdirSync(folder)) if (name !== kept) rmSync(join(folder, name), { recursive: true });
  };
  removeOthers(bin, process.platform);
  removeOthers(join(bin, process.platform), process.arch);
}
