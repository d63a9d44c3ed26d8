import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, isExecutable } from './program.mjs';
import { pythonOf, pytubefixPythonOf, ytdlpOf } from './python-tools.mjs';
import { readText, writeText } from './stamps.mjs';
import { findChromium, findRedis } from './system-tools.mjs';

/** `tools/tools.json` tells the service the absolute paths of programs that may not be on its PATH. */
export function writeToolsFile(context) {
  const { root, toolsDir } = context;
  const tools = {
    redisServer: findRedis(context),
    ffmpeg: findProgram('ffmpeg'),
    ffprobe: findProgram('ffprobe') ?? shippedFfprobe(root),
    ytdlp: [ytdlpOf(context)].find(isExecutable) ?? findProgram('yt-dlp'),
    python: [pythonOf(context)].find(isExecutable) ?? findProgram('python3'),
    pytubefixPython: pytubefixPythonOf(context),
    deno: shippedDeno(root) ?? findProgram('deno'),
    chromium: findChromium(),
  };
  const text = `${JSON.stringify(tools, undefined, 2)}\n`;
  const path = join(toolsDir, 'tools.json');
  if (readText(path) !== text) writeText(path, text);
}

function shippedFfprobe(root) {
  const path = join(root, 'node_modules', 'ffprobe-static', 'bin', process.platform, process.arch, 'ffprobe');
  return [path].find(isExecutable);
}

/** The program itself, in a package for this platform: the `deno` package's own is a start script in JavaScript. */
function shippedDeno(root) {
  const platform = `${process.platform}-${process.arch}`;
  const path = [platform, `${platform}-glibc`]
    .map((name) => join(root, 'node_modules', '@deno', name, 'deno'))
    .find(existsSync);
  if (path && !isExecutable(path)) chmodSync(path, 0o755);
  return path;
}
