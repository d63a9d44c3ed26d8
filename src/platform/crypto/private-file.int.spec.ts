import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateFile, readPrivateFile } from './private-file.js';

describe('createPrivateFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nexus-private-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('leaves a file that is there as it is and answers what it holds', async () => {
    const path = join(folder, 'a', 'b.json');
    expect(await readPrivateFile(path)).toBeUndefined();
    expect(await createPrivateFile(path, 'first')).toBe('first');
    expect(await createPrivateFile(path, 'second')).toBe('first');
    expect(await readPrivateFile(path)).toBe('first');
    expect(await readdir(join(folder, 'a'))).toEqual(['b.json']);
  });

  it('fails when the folder is no folder, and leaves nothing behind', async () => {
    await createPrivateFile(join(folder, 'file'), 'x');
    await expect(createPrivateFile(join(folder, 'file', 'b.json'), 'x')).rejects.toThrow(/EEXIST|ENOTDIR/);
    expect(await readdir(folder)).toEqual(['file']);
  });
});
