import { chmodSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installPackages, unpackPackages } from './apt.mjs';
import { findProgram, isExecutable, run } from './program.mjs';
import { writeText } from './stamps.mjs';

const FONTS = '/usr/share/fonts/truetype';

/** `name` is what it is called towards the reader, `without` what will not work. */
const TOOLS = [
  {
    name: 'Redis',
    modes: ['start', 'test'],
    find: ({ toolsDir }) => findProgram('redis-server', 'valkey-server') ?? unpackedRedis(toolsDir),
    required: true,
    instead: 'REDIS_URL',
    packages: ['redis-server'],
    install: installRedis,
    without: 'the service starts only with REDIS_URL',
  },
  {
    name: 'ffmpeg',
    modes: ['start', 'test'],
    find: () => findProgram('ffmpeg'),
    instead: 'FFMPEG_PATH',
    packages: ['ffmpeg'],
    without: 'videos and recordings cannot be converted',
  },
  {
    name: 'Chromium',
    modes: ['test'],
    find: findChromium,
    packages: ['chromium'],
    without: 'the tests in a browser cannot run',
  },
  {
    name: 'font with emoji',
    modes: ['test'],
    find: () => existsSync(join(FONTS, 'noto', 'NotoColorEmoji.ttf')),
    packages: ['fonts-noto-color-emoji'],
    without: 'pictures of pages lack emoji',
  },
  {
    name: 'Cyrillic font',
    modes: ['test'],
    find: () => existsSync(join(FONTS, 'dejavu', 'DejaVuSans.ttf')),
    packages: ['fonts-dejavu-core'],
    without: 'pictures of pages lack Russian text',
  },
];

export const findRedis = TOOLS[0].find;

export function findChromium() {
  return findProgram('chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome');
}

export function missingSystemTools(context) {
  return TOOLS.filter(
    ({ modes, instead, find }) => modes.includes(context.mode) && !context.env[instead] && !find(context),
  );
}

/** Never throws for a tool that cannot be had: why is remembered in the context's failures. */
export async function installSystemTools(context) {
  const { failures } = context;
  for (const tool of missingSystemTools(context)) {
    if (!failures.mayRetry(tool)) continue;
    const failure = await (tool.install ?? installPackages)(context, tool.packages);
    if (tool.find(context)) failures.remove(tool);
    else failures.add(tool, failure ?? 'its package does not bring it');
  }
}

/** Without rights to install it, it is unpacked: it needs none to run. */
async function installRedis(context, packages) {
  const failure = await installPackages(context, packages);
  if (failure === undefined) return undefined;
  context.say(`unpacking redis-server below ${context.toolsDir}`);
  return unpackRedis(context.toolsDir);
}

const unpackedRedis = (toolsDir) => [join(toolsDir, 'redis', 'redis-server')].find(isExecutable);

async function unpackRedis(toolsDir) {
  const folder = join(toolsDir, 'redis');
  const unfinished = `${folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const failure = await unpackPackages(['redis-server', 'redis-tools'], /^(lib|lua)/, join(unfinished, 'root'));
  if (failure !== undefined) return failure;

  const libraries = readdirSync(unfinished, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.so(\.|$)/.test(entry.name))
    .map((entry) => `$here/${relative(unfinished, entry.parentPath ?? entry.path)}`);
  const script = join(unfinished, 'redis-server');
  writeText(
    script,
    `#!/bin/sh
here=$(dirname "$0")
LD_LIBRARY_PATH="${[...new Set(libraries)].join(':')}" exec "$here/root/usr/bin/redis-server" "$@"
`,
  );
  chmodSync(script, 0o755);
  const { ok, why } = await run(script, ['--version'], { timeoutMs: 5_000 });
  if (!ok) return why;
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  return undefined;
}
