import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, unpackPackages } from './apt.mjs';
import { findProgram, isExecutable, run } from './program.mjs';
import { readText, STAMP, writeText } from './stamps.mjs';

const VENV_MS = 60_000;
/** Some bring programs of 60 MB; a connection that is silent ends much sooner. */
const PIP_MS = 8 * 60_000;
export const YTDLP_OLDEST = '2026.8.19';
const RANGE = `>=${YTDLP_OLDEST},<2027`;

/** `wanted` are requirements, the first that can be installed is taken. */
const TOOLS = [
  {
    name: 'yt-dlp',
    instead: 'YTDLP_PATH',
    wanted: [`yt-dlp[default]${RANGE}`, `yt-dlp${RANGE}`],
    without: 'links are downloaded by paid providers only',
  },
  {
    // Named through yt-dlp, which knows the versions it works with.
    name: 'curl_cffi',
    instead: 'YTDLP_PATH',
    wanted: [`yt-dlp[curl-cffi]${RANGE}`],
    without: 'sites that let only browsers in cannot be read',
  },
  {
    name: 'pytubefix',
    instead: 'PYTUBEFIX_PYTHON',
    wanted: ['pytubefix>=11.2.1,<12'],
    without: 'YouTube has one free provider less',
  },
];

const folderOf = ({ toolsDir }) => join(toolsDir, 'python');
export const pythonOf = (context) => join(folderOf(context), 'bin', 'python');
export const ytdlpOf = (context) => join(folderOf(context), 'bin', 'yt-dlp');
/** Undefined when it has not been installed. */
export const pytubefixPythonOf = (context) =>
  isInstalled(context, toolNamed('pytubefix')) ? pythonOf(context) : undefined;

const toolNamed = (name) => TOOLS.find((tool) => tool.name === name);
const stampPath = (context, { name }) => join(folderOf(context), `${STAMP}-${name}`);
const stampOf = ({ wanted }) => `${wanted.join('\n')}\n`;

export function missingPythonTools(context) {
  return TOOLS.filter((tool) => !context.env[tool.instead] && !isInstalled(context, tool));
}

function isInstalled(context, tool) {
  // The environment is gone when the Python it was made with is.
  return isExecutable(pythonOf(context)) && readText(stampPath(context, tool)) === stampOf(tool);
}

/** Never throws for a tool that cannot be had: why is remembered in the context's failures. */
export async function installPythonTools(context) {
  const { failures } = context;
  const tools = missingPythonTools(context).filter((tool) => failures.mayRetry(tool));
  if (tools.length === 0) return;
  const noEnvironment = await ensureEnvironment(context);
  for (const tool of tools) {
    const failure = noEnvironment ?? (await installTool(context, tool));
    if (failure === undefined) {
      writeText(stampPath(context, tool), stampOf(tool));
      failures.remove(tool);
    } else {
      failures.add(tool, failure);
    }
  }
}

async function installTool(context, { name, wanted }) {
  context.say(`installing ${name} for Python`);
  const pip = ['-m', 'pip', '--disable-pip-version-check', '--timeout=15', '--retries=1', 'install'];
  let failure;
  for (const requirement of wanted) {
    // Building from source needs compilers and minutes, and fails in the end.
    const result = await run(pythonOf(context), [...pip, '--only-binary=:all:', requirement], { timeoutMs: PIP_MS });
    if (result.ok) return undefined;
    failure = result.why;
  }
  return failure;
}

/** A virtual environment with pip. Returns why there is none, or undefined. */
async function ensureEnvironment(context) {
  const folder = folderOf(context);
  const hasPip = async () => (await run(pythonOf(context), ['-m', 'pip', '--version'], { timeoutMs: VENV_MS })).ok;
  if (isExecutable(pythonOf(context)) && (await hasPip())) return undefined;

  const python = findProgram('python3');
  if (!python) return 'this system has no python3';
  const create = async (...options) => {
    rmSync(folder, { recursive: true, force: true });
    const { ok, why } = await run(python, ['-m', 'venv', ...options, folder], { timeoutMs: VENV_MS });
    return ok ? undefined : why;
  };
  if ((await create()) === undefined) return undefined;
  // Debian keeps the pip that venv brings in a package of its own. Without rights to install it, it is unpacked.
  if ((await installPackages(context, ['python3-venv'])) === undefined && (await create()) === undefined)
    return undefined;
  context.say(`unpacking pip below ${folder}`);
  return (await create('--without-pip')) ?? unpackPip(context, join(folder, 'pip'));
}

async function unpackPip(context, folder) {
  const failure = await unpackPackages(['python3-pip-whl'], /^$/, folder);
  if (failure !== undefined) return failure;
  const wheels = join(folder, 'usr', 'share', 'python-wheels');
  const wheel = readdirSync(wheels).find((name) => name.startsWith('pip-'));
  // A wheel is a zip, and Python runs programs in zips.
  const { ok, why } = await run(pythonOf(context), [join(wheels, wheel, 'pip'), 'install', 'pip'], {
    timeoutMs: PIP_MS,
  });
  return ok ? undefined : why;
}
