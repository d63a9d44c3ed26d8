import { fork, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnerLock, type OwnerState } from './owner-lock.js';
import { compileInto } from './testing/compile.js';

const PROCESSES = 6;
const ROUNDS = 60;

/** Claims each folder it is told of and answers whether it got it. */
const SCRIPT = `
const { OwnerLock } = require('./owner-lock.js');
process.on('message', (folder) => process.send('lock' in OwnerLock.claim(folder)));
process.send('running');
`;

const dead: OwnerState = { owner: { pid: process.pid, identity: 'an earlier process' }, phase: 'ready', servers: [] };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'owner-lock-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const answer = (child: ChildProcess) => new Promise<unknown>((resolve) => child.once('message', resolve));

describe('a lock that nobody holds', () => {
  // The stampede is what the lock is for: everybody sees the same dead owner at the same moment.
  it.each([
    ['new', () => undefined],
    [
      'left by a dead owner',
      (path: string) => {
        writeFileSync(join(path, 'owner.1.json'), JSON.stringify(dead));
      },
    ],
    [
      'emptied by a power cut',
      (path: string) => {
        writeFileSync(join(path, 'owner.1.json'), '');
      },
    ],
  ])('is taken by one of many processes: %s', async (_, prepare) => {
    const script = compileInto(join(folder, 'program'), SCRIPT);
    const children = Array.from({ length: PROCESSES }, () => fork(script));
    try {
      await Promise.all(children.map(answer));
      for (let round = 0; round < ROUNDS; round += 1) {
        const path = join(folder, String(round));
        mkdirSync(path);
        prepare(path);
        const answers = children.map(answer);
        for (const child of children) child.send(path);
        expect((await Promise.all(answers)).filter((got) => got === true)).toHaveLength(1);
      }
    } finally {
      for (const child of children) child.kill('SIGKILL');
    }
  });

  it('tells its new owner of the servers of the dead one', () => {
    const servers = [{ pid: 1, identity: 'a server' }];
    writeFileSync(join(folder, 'owner.7.json'), JSON.stringify({ ...dead, servers }));
    expect(OwnerLock.claim(folder)).toMatchObject({ lock: { state: { phase: 'starting', servers } } });
  });
});

describe('a held lock', () => {
  it('says what its holder runs, and is free when released', () => {
    const claim = OwnerLock.claim(folder);
    if (!('lock' in claim)) throw new Error('It was free');
    claim.lock.update({ phase: 'ready', redisUrl: 'unix:///tmp/redis.sock' });
    expect(OwnerLock.claim(folder)).toMatchObject({
      holder: { owner: { pid: process.pid }, phase: 'ready', redisUrl: 'unix:///tmp/redis.sock' },
    });
    claim.lock.update({ phase: 'released' });
    expect(OwnerLock.claim(folder)).toHaveProperty('lock');
  });

  it('leaves no heap of files behind', () => {
    for (let start = 0; start < 10; start += 1) {
      const claim = OwnerLock.claim(folder);
      if ('lock' in claim) claim.lock.update({ phase: 'released' });
    }
    expect(readdirSync(folder).sort()).toEqual(['owner.10.json', 'owner.9.json']);
  });
});
