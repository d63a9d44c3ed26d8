import { transformFileSync } from '@swc/core';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { processEntry, signalGroup } from './process-table.js';
import { ProgramRegistry } from './program-registry.js';

/** Leader and grandchild say their pids and stay. */
const FAMILY = `
  const grandchild = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log(JSON.stringify({ leader: process.pid, grandchild: grandchild.pid }));
  setInterval(() => {}, 1000);`;

interface Family {
  leader: number;
  grandchild: number;
}

let folder: string;
let records: string;
let registry: ProgramRegistry;
const groups: number[] = [];

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'registry-')));
  records = join(folder, 'records');
  mkdirSync(records);
  registry = new ProgramRegistry(records);
});

afterEach(() => {
  for (const group of groups.splice(0)) signalGroup(group, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => processEntry(pid) !== undefined;
const untilGone = (pid: number): Promise<void> => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString())));
}

async function startFamily(): Promise<Family> {
  const child = spawn(process.execPath, ['-e', FAMILY], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const family = JSON.parse(await firstLine(child)) as Family;
  groups.push(family.leader);
  return family;
}

function writeRecord(pgid: number, record: object): void {
  writeFileSync(join(records, `${pgid}.json`), JSON.stringify({ pgid, cwd: folder, ...record }));
}

const DEAD_OWNER = { pid: 1, startTime: -1 };

describe('ProgramRegistry', () => {
  it('kills the recorded group of a dead owner, and forgets it', async () => {
    const { leader, grandchild } = await startFamily();
    writeRecord(leader, { startTime: processEntry(leader)?.startTime, owner: DEAD_OWNER });
    expect(registry.sweepOrphans()).toEqual([leader]);
    await untilGone(leader);
    await untilGone(grandchild);
    expect(readdirSync(records)).toEqual([]);
  });

  it('kills what is left of a group whose leader is gone', async () => {
    const { leader, grandchild } = await startFamily();
    const startTime = processEntry(leader)?.startTime;
    process.kill(leader, 'SIGKILL');
    await untilGone(leader);
    writeRecord(leader, { startTime, owner: DEAD_OWNER });
    expect(registry.sweepOrphans()).toEqual([leader]);
    await untilGone(grandchild);
  });

  it('spares a group that only has the same number', async () => {
    const sameNumber = await startFamily();
    writeRecord(sameNumber.leader, { startTime: 1, owner: DEAD_OWNER });
    const leaderless = await startFamily();
    process.kill(leaderless.leader, 'SIGKILL');
    await untilGone(leaderless.leader);
    writeRecord(leaderless.leader, { startTime: 1, cwd: '/somewhere/else', owner: DEAD_OWNER });
    expect(registry.sweepOrphans()).toEqual([]);
    expect([sameNumber.leader, sameNumber.grandchild, leaderless.grandchild].map(isAlive)).toEqual([true, true, true]);
    expect(readdirSync(records)).toEqual([]);
  });

  it('spares the groups of an owner that lives', async () => {
    const { leader } = await startFamily();
    registry.add(leader, folder);
    expect(registry.sweepOrphans()).toEqual([]);
    expect(isAlive(leader)).toBe(true);
    expect(readdirSync(records)).toEqual([`${leader}.json`]);
  });

  it('drops records that a crash cut off, and lives without a folder', () => {
    writeFileSync(join(records, '7.json'), '{"pgid":');
    expect(registry.sweepOrphans()).toEqual([]);
    expect(readdirSync(records)).toEqual([]);
    expect(new ProgramRegistry(join(folder, 'missing')).sweepOrphans()).toEqual([]);
  });
});

describe('after a kill -9 of the owner', () => {
  /** The sources of this folder as they are shipped, so that a plain node process can own a program. */
  function compileSources(): string {
    const compiled = join(folder, 'compiled');
    mkdirSync(compiled);
    for (const name of readdirSync(__dirname).filter((file) => /(?<!\.spec)\.ts$/.test(file))) {
      writeFileSync(join(compiled, name.replace(/ts$/, 'js')), transformFileSync(join(__dirname, name)).code);
    }
    return compiled;
  }

  it('the leader dies with it, and the sweep ends the rest', async () => {
    const compiled = compileSources();
    const owner = spawn(
      process.execPath,
      [
        '-e',
        `const { ProgramRunner } = require('${compiled}/program-runner.js');
         const { ProgramRegistry } = require('${compiled}/program-registry.js');
         void new ProgramRunner({
           searchPath: '${dirname(process.execPath)}:/usr/bin:/bin',
           registry: new ProgramRegistry('${records}'),
         }).run({ file: 'node', args: ['-e', ${JSON.stringify(FAMILY)}], cwd: '${folder}', onLine: (_, line) => console.log(line) });`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const { leader, grandchild } = JSON.parse(await firstLine(owner)) as Family;
    groups.push(leader);
    expect(readFileSync(join(records, `${leader}.json`), 'utf8')).toContain(`"pgid":${leader}`);

    owner.kill('SIGKILL');
    await untilGone(leader);
    expect(isAlive(grandchild)).toBe(true);
    expect(registry.sweepOrphans()).toEqual([leader]);
    await untilGone(grandchild);
  });
});
