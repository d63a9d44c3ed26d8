import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { FileStorage } from './file-storage.js';

describe('FileStorage', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nexus-storage-'));
  const storage = new FileStorage(join(folder, 'root'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes a file over, hands it out and removes it with its folder', async () => {
    const source = join(folder, 'source');
    writeFileSync(source, 'hello');
    await storage.adopt('a/b/file.txt', source);

    const { stream, sizeBytes } = await storage.open('a/b/file.txt');
    expect(await text(stream)).toBe('hello');
    expect(sizeBytes).toBe(5);

    expect(await storage.list('a')).toEqual(['b']);
    expect(await storage.list('nowhere')).toEqual([]);

    await storage.remove('a');
    expect(await storage.exists('a/b/file.txt')).toBe(false);
    await storage.remove('a');
  });

  it('says what is missing with a code', async () => {
    await expect(storage.open('nothing')).rejects.toMatchObject({ code: 'storage.not_found' });
  });

  it('refuses keys that lead out of it', () => {
    expect(() => storage.localPath('../outside')).toThrow();
    expect(() => storage.localPath('a/../../outside')).toThrow();
  });
});
