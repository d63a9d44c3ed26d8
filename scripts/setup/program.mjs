import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const FIRST_LINES = 10;
const LAST_LINES = 20;

/** The path of the first of `names` that PATH has, else undefined. What npm adds to PATH does not count. */
export function findProgram(...names) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program to its end. Never rejects: `ok` tells whether it went well, `output` is all it said, `why` the
 * beginning and the end of it, for a failure.
 */
export function run(command, args, { cwd, env, timeoutMs }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', ({ message }) => resolve({ ok: false, output, why: message }));
    child.once('close', (code, signal) => {
      const end = signal ? `stopped after ${timeoutMs / 1000} s (${signal})` : `exit code ${code}`;
      resolve({ ok: code === 0, output, why: `${excerpt(output)}(${end})` });
    });
  });
}

function excerpt(output) {
  const lines = output.trim().split('\n');
  const left = lines.length - FIRST_LINES - LAST_LINES;
  const shown = left > 0 ? [...lines.slice(0, FIRST_LINES), `… ${left} lines …`, ...lines.slice(-LAST_LINES)] : lines;
  return shown.map((line) => `${line}\n`).join('');
}
