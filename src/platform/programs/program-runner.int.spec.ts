import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { scale } from '../../../test/support/scale.js';
import type { ProgramRequest } from './program.js';
import { processEntry } from './process-table.js';
import { ProgramRegistry } from './program-registry.js';
import { ProgramRunner } from './program-runner.js';

const SEARCH_PATH = [dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter);
const STAY = 'setInterval(() => {}, 1000);';
/** Starts a grandchild in the same group that ignores SIGTERM, and says its pid. */
const WITH_GRANDCHILD = `
  const grandchild = require('node:child_process').spawn(process.execPath,
    ['-e', 'process.on("SIGTERM", () => {}); console.log("ready"); ${STAY}'], { stdio: ['ignore', 'pipe', 'ignore'] });
  grandchild.stdout.once('data', () => console.log(grandchild.pid));`;

let cwd: string;
let registryFolder: string;
let runner: ProgramRunner;

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'programs-')));
  registryFolder = join(cwd, 'registry');
  runner = new ProgramRunner({ searchPath: SEARCH_PATH, registry: new ProgramRegistry(registryFolder) });
});

afterEach(async () => {
  await runner.stopAll();
  rmSync(cwd, { recursive: true, force: true });
});

const node = (code: string, more: Partial<ProgramRequest> = {}): ProgramRequest => ({
  file: 'node',
  args: ['-e', code],
  cwd,
  ...more,
});

/** Runs a program and hands out, at its first line of output, the pid that it says. */
function runUntilPid(request: ProgramRequest): { pid: Promise<number>; result: ReturnType<ProgramRunner['run']> } {
  const { promise: pid, resolve } = promiseWithResolver<number>();
  const result = runner.run({ ...request, onLine: (_stream, line) => resolve(Number(line)) });
  return { pid, result };
}

function promiseWithResolver<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}

const isGone = (pid: number): boolean => processEntry(pid) === undefined;
const untilGone = (pid: number): Promise<void> => vi.waitFor(() => expect(isGone(pid)).toBe(true), { timeout: 5000 });

describe('ProgramRunner: output', () => {
  it('hands on lines of both streams and keeps what was asked for', async () => {
    const lines: [string, string][] = [];
    const result = await runner.run(
      node('process.stdout.write("10%\\r20%\\nend"); console.error("oh")', {
        onLine: (stream, line) => lines.push([stream, line]),
        maxStdoutBytes: 5,
      }),
    );
    expect(lines.filter(([stream]) => stream === 'stdout').map(([, line]) => line)).toEqual(['10%', '20%', 'end']);
    expect(lines).toContainEqual(['stderr', 'oh']);
    expect(result).toEqual({
      code: 0,
      signal: null,
      stdout: '10%\r2',
      stdoutTruncated: true,
      stderrTail: 'oh\n',
      timedOut: false,
      aborted: false,
    });
  });

  it('keeps the end of stderr', async () => {
    const result = await runner.run(node('console.error("x".repeat(9000) + "the reason")', { maxStderrBytes: 11 }));
    expect(result.stderrTail).toBe('the reason\n');
  });

  it('ends the program when the listener throws, and throws that', async () => {
    const boom = new Error('boom');
    const run = runner.run(
      node(`console.log(1); ${STAY}`, {
        onLine: () => {
          throw boom;
        },
      }),
    );
    await expect(run).rejects.toBe(boom);
  });
});

describe('ProgramRunner: what a program gets', () => {
  it('passes arguments as they are, without a shell', async () => {
    const args = ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', '$(id)', '; ls', '*', 'a b'];
    const { stdout } = await runner.run({ file: 'node', args, cwd, maxStdoutBytes: 1000 });
    expect(JSON.parse(stdout ?? '')).toEqual(['$(id)', '; ls', '*', 'a b']);
  });

  it('inherits nothing but the search path, and lives in its folder', async () => {
    vi.stubEnv('SECRET_OF_THE_PARENT', 'x');
    const { stdout } = await runner.run(
      node('console.log(JSON.stringify({ ...process.env, cwd: process.cwd() }))', {
        env: { OWN: '1' },
        maxStdoutBytes: 10_000,
      }),
    );
    vi.unstubAllEnvs();
    expect(JSON.parse(stdout ?? '')).toEqual({
      PATH: SEARCH_PATH,
      LANG: 'C.UTF-8',
      HOME: cwd,
      TMPDIR: cwd,
      XDG_CACHE_HOME: join(cwd, '.cache'),
      XDG_CONFIG_HOME: join(cwd, '.config'),
      XDG_DATA_HOME: join(cwd, '.local/share'),
      OWN: '1',
      cwd,
    });
  });

  it('has a closed stdin, its own group and its niceness', async () => {
    const code = `
      const fields = require('fs').readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ');
      const input = require('fs').readFileSync(0, 'utf8');
      console.log(JSON.stringify({ input, leads: Number(fields[2]) === process.pid, nice: Number(fields[16]) }))`;
    const { stdout } = await runner.run(node(code, { niceness: 7, maxStdoutBytes: 1000 }));
    expect(JSON.parse(stdout ?? '')).toEqual({ input: '', leads: true, nice: 7 });
  });

  it('cannot write a longer file than allowed', async () => {
    const result = await runner.run(
      node('require("fs").writeFileSync("big", Buffer.alloc(50_000))', { maxFileBytes: 10_000 }),
    );
    expect(result.code === 0).toBe(false);
    expect(statSync(join(cwd, 'big')).size).toBe(10_000);
  });

  it('is reported when it is not there, not executable, or its folder is missing', async () => {
    writeFileSync(join(cwd, 'text'), 'x');
    await expect(runner.run({ file: 'no-such-program', args: [], cwd })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(runner.run({ file: join(cwd, 'text'), args: [], cwd })).rejects.toMatchObject({ reason: 'not_found' });
    await expect(runner.run(node('', { cwd: join(cwd, 'missing') }))).rejects.toMatchObject({ reason: 'not_started' });
  });
});

describe('ProgramRunner: the end of a group', () => {
  it('asks politely first', async () => {
    const controller = new AbortController();
    const { pid, result } = runUntilPid(
      node(`process.on('SIGTERM', () => process.exit(9)); console.log(process.pid); ${STAY}`, {
        signal: controller.signal,
      }),
    );
    await pid;
    controller.abort();
    expect(await result).toMatchObject({ code: 9, signal: null, aborted: true, timedOut: false });
  });

  it('asks the whole group, not only the leader', async () => {
    const controller = new AbortController();
    const { pid, result } = runUntilPid(
      node(
        `process.on('SIGTERM', () => {});
         const grandchild = require('node:child_process').spawn(process.execPath, ['-e', '${STAY}']);
         grandchild.on('exit', (code, signal) => process.exit(signal === 'SIGTERM' ? 3 : 4));
         console.log(grandchild.pid);`,
        { signal: controller.signal },
      ),
    );
    await pid;
    controller.abort();
    expect(await result).toMatchObject({ code: 3, aborted: true });
  });

  it.each(['aborted', 'timedOut'] as const)(
    'kills child and grandchild that do not listen, after the grace time, when it is %s (point 15)',
    async (how) => {
      const controller = new AbortController();
      const { pid, result } = runUntilPid(
        node(`process.on('SIGTERM', () => {}); ${WITH_GRANDCHILD} ${STAY}`, {
          signal: controller.signal,
          timeoutMs: how === 'timedOut' ? 1_000 : undefined,
          killGraceMs: scale(100, undefined),
        }),
      );
      const grandchild = await pid;
      const endedAt = performance.now() + (how === 'timedOut' ? 1_000 : 0);
      if (how === 'aborted') controller.abort();
      expect(await result).toMatchObject({ code: null, signal: 'SIGKILL', [how]: true });
      await untilGone(grandchild);
      expect(performance.now() - endedAt).toBeLessThan(7_000);
    },
  );

  it('says that it was the timeout', async () => {
    expect(await runner.run(node(STAY, { timeoutMs: 50 }))).toMatchObject({ timedOut: true, aborted: false });
  });

  it('leaves no grandchild behind when the leader ends by itself', async () => {
    const { pid, result } = runUntilPid(node(`${WITH_GRANDCHILD} setTimeout(() => process.exit(0), 300)`));
    const grandchild = await pid;
    expect(await result).toMatchObject({ code: 0, aborted: false });
    await untilGone(grandchild);
  });

  it('does not wait for a descendant that left the group and holds the pipes', async () => {
    const { pid, result } = runUntilPid(
      node(`const escaped = require('node:child_process').spawn(process.execPath, ['-e', '${STAY}'],
        { detached: true, stdio: 'inherit' }); console.log(escaped.pid); escaped.unref();`),
    );
    const escaped = await pid;
    expect(await result).toMatchObject({ code: 0 });
    process.kill(escaped, 'SIGKILL');
  });

  it('does not start what is aborted already', async () => {
    const result = await runner.run(node('require("fs").writeFileSync("ran", "")', { signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ code: null, signal: null, aborted: true });
    expect(existsSync(join(cwd, 'ran'))).toBe(false);
  });

  it('hears of an abort, and of the shutdown, right after the start', async () => {
    const controller = new AbortController();
    const aborted = runner.run(node(STAY, { signal: controller.signal }));
    controller.abort();
    expect(await aborted).toMatchObject({ aborted: true });
    const stopped = runner.run(node(STAY));
    await runner.stopAll();
    expect(await stopped).toMatchObject({ aborted: true });
  });

  it('ends everything at shutdown and starts nothing more', async () => {
    const { pid, result } = runUntilPid(node(`console.log(process.pid); ${STAY}`));
    await pid;
    await runner.stopAll();
    expect(await result).toMatchObject({ signal: 'SIGTERM', aborted: true });
    expect(await runner.run(node(''))).toMatchObject({ aborted: true });
  });

  it('is on record only while it runs', async () => {
    const { pid, result } = runUntilPid(node(`console.log(process.pid); setTimeout(() => {}, 300)`));
    const leader = await pid;
    const record = JSON.parse(readFileSync(join(registryFolder, `${leader}.json`), 'utf8')) as unknown;
    expect(record).toEqual({
      pgid: leader,
      startTime: processEntry(leader)?.startTime,
      cwd,
      owner: { pid: process.pid, startTime: processEntry(process.pid)?.startTime },
    });
    await result;
    expect(readdirSync(registryFolder)).toEqual([]);
  });
});
