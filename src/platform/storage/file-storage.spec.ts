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

  it('hands out a part of a file, and tells of the whole', async () => {
    const source = join(folder, 'source');
    writeFileSync(source, '0123456789');
    await storage.adopt('parts', source);

    const { stream, sizeBytes } = await storage.open('parts', { start: 2, end: 4 });
    expect(await text(stream)).toBe('234');
    expect(sizeBytes).toBe(10);
    expect(await storage.facts('parts')).toEqual({ sizeBytes: 10, modifiedAt: expect.any(Date) as Date });
  });

  it('says what is missing with a code', async () => {
    const missing = { code: 'storage.not_found' };
    await expect(storage.open('nothing')).rejects.toMatchObject(missing);
    await expect(storage.facts('nothing')).rejects.toMatchObject(missing);
    await expect(storage.facts('.')).rejects.toThrow();
  });

  it('refuses keys that lead out of it', () => {
    expect(() => storage.localPath('../outside')).toThrow();
    expect(() => storage.localPath('a/../../outside')).toThrow();
  });
});
