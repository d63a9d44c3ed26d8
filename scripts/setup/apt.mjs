import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, run } from './program.mjs';

const INSTALL_MS = 10 * 60_000;
const UPDATE_MS = 3 * 60_000;
const DOWNLOAD_MS = 2 * 60_000;

let updated;

/** Installs packages of the distribution. Returns why it could not, or undefined. */
export async function installPackages({ systemAllowed, say }, packages) {
  if (!systemAllowed) return 'NEXUS_SETUP_SYSTEM is off';
  if (!findProgram('apt-get')) return 'this system has no apt-get';
  const asRoot = await rootPrefix();
  if (!asRoot) return `this user may not install packages: run apt-get install ${packages.join(' ')} as root`;
  say(`installing ${packages.join(', ')} with apt-get`);
  const apt = (timeoutMs, ...args) => {
    const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return run(command, rest, { timeoutMs });
  };
  // A fresh container has no lists, and old ones name packages that are gone. Without them the install says more.
  updated ??= apt(UPDATE_MS, 'update');
  await updated;
  const lock = ['-o', 'DPkg::Lock::Timeout=120'];
  const installed = await apt(INSTALL_MS, ...lock, 'install', '--yes', '--no-install-recommends', ...packages);
  return installed.ok ? undefined : installed.why;
}

/** What to put before a command so that it runs as root without asking; undefined when that is impossible. */
async function rootPrefix() {
  if (process.getuid() === 0) return [];
  const sudo = findProgram('sudo');
  if (sudo && (await run(sudo, ['-n', 'true'], { timeoutMs: 5_000 })).ok) return [sudo, '-n'];
  return undefined;
}

/**
 * Unpacks `packages`, and those of what they depend on that `alsoOf` takes and the system lacks, below `target`. Needs
 * no rights and changes nothing else. Returns why it could not, or undefined.
 */
export async function unpackPackages(packages, alsoOf, target) {
  if (!findProgram('apt-get') || !findProgram('dpkg')) return 'this system has no apt-get';
  const scratch = mkdtempSync(join(tmpdir(), 'nexus-packages-'));
  try {
    const failure = await download(packages, alsoOf, scratch, []);
    if (failure) {
      // Without rights to fetch the lists for everybody they are fetched for this once.
      const own = await ownLists(scratch);
      if (own.failure ?? (await download(packages, alsoOf, scratch, own.options))) return own.failure ?? failure;
    }
    mkdirSync(target, { recursive: true });
    for (const file of readdirSync(scratch).filter((name) => name.endsWith('.deb'))) {
      const unpacked = await run('dpkg', ['-x', join(scratch, file), target], { timeoutMs: DOWNLOAD_MS });
      if (!unpacked.ok) return unpacked.why;
    }
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function download(packages, alsoOf, folder, options) {
  const needed = await withDependencies(packages, alsoOf, options);
  const downloaded = await run('apt-get', [...options, 'download', ...needed], { cwd: folder, timeoutMs: DOWNLOAD_MS });
  return downloaded.ok ? undefined : downloaded.why;
}

async function withDependencies(packages, alsoOf, options) {
  const kinds = ['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map((kind) => `--no-${kind}`);
  const depends = await run('apt-cache', [...options, 'depends', '--recurse', ...kinds, ...packages], {
    timeoutMs: DOWNLOAD_MS,
  });
  const status = await run('dpkg-query', ['--show', '--showformat=${Package} ${db:Status-Status}\n'], {
    timeoutMs: DOWNLOAD_MS,
  });
  const installed = new Set(
    status.output.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  // Every package of the closure has a line of its own, at its beginning; what it depends on is indented.
  const closure = depends.output.split('\n').filter((line) => /^[a-z0-9]/.test(line));
  return [...new Set([...packages, ...closure.filter((name) => alsoOf.test(name) && !installed.has(name))])];
}

async function ownLists(scratch) {
  const lists = join(scratch, 'lists');
  const cache = join(scratch, 'cache');
  for (const folder of [lists, join(cache, 'archives')]) mkdirSync(join(folder, 'partial'), { recursive: true });
  const options = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`, '-o', 'APT::Sandbox::User='];
  const update = await run('apt-get', [...options, 'update'], { timeoutMs: UPDATE_MS });
  return update.ok ? { options } : { failure: update.why };
}
