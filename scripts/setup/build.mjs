import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './program.mjs';
import { appearanceOf, readText, STAMP, writeText } from './stamps.mjs';

const TIMEOUT_MS = 5 * 60_000;

const BUILDS = [
  {
    name: 'service',
    source: 'src/main.ts',
    result: 'dist/main.js',
    output: 'dist',
    inputs: [
      'src',
      'migrations',
      'nest-cli.json',
      '.swcrc',
      'tsconfig.json',
      'tsconfig.build.json',
      'package-lock.json',
    ],
    command: ['npm', 'run', 'build:server'],
  },
  {
    name: 'panel',
    source: 'web/index.html',
    result: 'web/dist/index.html',
    output: 'web/dist',
    inputs: [
      'web/src',
      'web/public',
      'web/index.html',
      'web/package.json',
      'web/tsconfig.json',
      'web/vite.config.ts',
      'package-lock.json',
    ],
    command: ['npm', 'run', 'build', '--workspace', 'web'],
  },
];

const isInput = (path) => !/\.spec\.tsx?$/.test(path);
const wanted = (root, { inputs }) =>
  appearanceOf(
    inputs.map((path) => join(root, path)),
    isInput,
  );
const stampPath = (root, { output }) => join(root, output, STAMP);

function isUpToDate(root, target) {
  if (!existsSync(join(root, target.source))) return true;
  return existsSync(join(root, target.result)) && readText(stampPath(root, target)) === wanted(root, target);
}

export function isBuilt({ root }) {
  return BUILDS.every((target) => isUpToDate(root, target));
}

/** Throws when something cannot be built. */
export async function build({ root, say }) {
  for (const { name, source } of BUILDS) {
    if (!existsSync(join(root, source))) say(`nothing to build for the ${name}: there is no ${source}`);
  }
  const stale = BUILDS.filter((target) => !isUpToDate(root, target));
  if (stale.length > 0) say(`building: ${stale.map(({ name }) => name).join(', ')}`);
  await Promise.all(stale.map((target) => buildOne(root, target)));
}

async function buildOne(root, target) {
  // Of before the build: what is edited meanwhile is built next time.
  const stamp = wanted(root, target);
  const [command, ...args] = target.command;
  const { ok, why } = await run(command, args, { cwd: root, timeoutMs: TIMEOUT_MS });
  if (!ok || !existsSync(join(root, target.result))) throw new Error(`the ${target.name} could not be built:\n${why}`);
  writeText(stampPath(root, target), stamp);
}
