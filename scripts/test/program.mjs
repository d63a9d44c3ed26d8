import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';

const BINARIES = resolve('node_modules/.bin');
const GRACE_MS = 5_000;

/** Process groups that run now: whatever stops the run stops all of them, with what they have started. */
const groups = new Set();

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
]) {
  process.on(signal, () => {
    for (const pid of groups) signalGroup(pid, 'SIGTERM');
    process.exit(code);
  });
}

/**
 * Runs a program of node_modules/.bin or of PATH in a process group of its own.
 *
 * @param {string[]} command  the program and its arguments
 * @param {{ limitMin: number, live?: boolean }} options  `live` shows the output as it comes instead of keeping it
 * @returns {Promise<{ ok: boolean, output: string }>}  never rejects
 */
export function run([program, ...args], { limitMin, live = false }) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
      env: { ...process.env, PATH: `${BINARIES}${delimiter}${process.env.PATH}` },
    });
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    if (child.pid !== undefined) groups.add(child.pid);

    const stop = setTimeout(() => {
      output.push(Buffer.from(`\nStopped: it took more than ${limitMin} min.\n`));
      signalGroup(child.pid, 'SIGTERM');
      setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS).unref();
    }, limitMin * 60_000);

    const finish = (ok, note = '') => {
      clearTimeout(stop);
      groups.delete(child.pid);
      done({ ok, output: Buffer.concat(output).toString() + note });
    };
    child.on('error', (error) => finish(false, `${program}: ${error.message}\n`));
    child.on('close', (code, signal) => finish(code === 0, signal ? `\n${program} ended by ${signal}\n` : ''));
  });
}
