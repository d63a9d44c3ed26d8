import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Journal } from './journal.js';

describe('Journal', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-journal-'));
    path = join(folder, 'journal.jsonl');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const open = (): Journal => new Journal(path);

  it('replays puts, removals and clearings in their order, and drops a line that was not finished', async () => {
    const first = open();
    const numbers = first.table<number>('numbers');
    numbers.put('gone', 1);
    numbers.clear();
    numbers.put('a', 1);
    numbers.put('a', 2);
    numbers.put('b', 3);
    numbers.remove('b');
    first.table<string>('words').put('a', 'word');
    first.close();
    await appendFile(path, '{"t":"numbers","k":"c","v":');

    const second = open();

    expect(second.table<number>('numbers').all()).toEqual([2]);
    expect(second.table<string>('words').get('a')).toBe('word');
    second.close();
    expect((await readFile(path, 'utf8')).trim().split('\n')).toHaveLength(2);
  });

  it('has every change on disk before the next line of the program', async () => {
    const journal = open();
    journal.table<number>('numbers').put('a', 1);
    expect(await readFile(path, 'utf8')).toBe('{"t":"numbers","k":"a","v":1}\n');
    journal.close();
  });
});
