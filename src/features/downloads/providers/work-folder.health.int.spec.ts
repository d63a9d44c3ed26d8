import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WorkFolderHealth } from './work-folder.health.js';

describe('WorkFolderHealth', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'work-folder-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  it('is well where files can be written, and leaves none', async () => {
    expect(await new WorkFolderHealth({ dataDir }).check()).toEqual({ status: 'ok' });
    expect(await readdir(join(dataDir, 'work', 'downloads'))).toEqual([]);
  });

  it('says that nothing can be written, and names no path', async () => {
    await mkdir(join(dataDir, 'work'));
    await writeFile(join(dataDir, 'work', 'downloads'), 'a file is in the way');
    expect(await new WorkFolderHealth({ dataDir }).check()).toEqual({
      status: 'unavailable',
      reason: 'downloads cannot be written to disk: EEXIST',
    });
  });
});
