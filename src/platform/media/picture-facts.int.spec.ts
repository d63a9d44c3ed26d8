import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pictureFacts } from './picture-facts.js';

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('pictureFacts', () => {
  it.each(['jpg', 'png', 'webp', 'gif'])('tells the size of a %s', async (format) => {
    const file = join(folder, `picture.${format}`);
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48', '-frames:v', '1', '-update', '1'];
    await promisify(execFile)('ffmpeg', ['-nostdin', '-v', 'error', ...picture, file]);
    expect(await pictureFacts(file)).toEqual({ format, width: 64, height: 48, sizeBytes: statSync(file).size });
  });

  it.each([
    ['a page', '<!doctype html><html>Log in to see the picture</html>'],
    ['nothing', ''],
    ['a picture that ends in its head', '\x89PNG\r\n\x1a\n'],
  ])('refuses %s', async (name, content) => {
    const file = join(folder, name);
    writeFileSync(file, content, 'latin1');
    await expect(pictureFacts(file)).rejects.toMatchObject({ code: 'unreadable' });
  });
});
