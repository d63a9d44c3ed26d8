import busboy from 'busboy';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { multipartStream, type FilePart } from './multipart-stream.js';

const file = (name: string, filename: string, content: string): FilePart => ({
  name,
  filename,
  sizeBytes: Buffer.byteLength(content),
  stream: Readable.from([Buffer.from(content)]),
});

/** What a server makes of it. */
async function received({ contentType, body }: { contentType: string; body: Readable }): Promise<string[]> {
  const parser = busboy({ headers: { 'content-type': contentType }, defParamCharset: 'utf8' });
  const parts: Promise<string>[] = [];
  parser.on('field', (name, value) => parts.push(Promise.resolve(`${name}=${value}`)));
  parser.on('file', (name, stream, { filename }) =>
    parts.push(buffer(stream).then((content) => `${name} ${filename}: ${content.toString()}`)),
  );
  await new Promise((resolve, reject) => body.pipe(parser).on('close', resolve).on('error', reject));
  return Promise.all(parts);
}

describe('multipartStream', () => {
  it('carries fields and files, with any characters in their names', async () => {
    const form = multipartStream({ chat_id: '42', caption: 'Привет\r\n"ты"' }, [
      file('video', 'фильм "первый".mp4', 'moving'),
      file('thumbnail', 'a\r\nb.jpg', ''),
    ]);
    expect(await received(form)).toEqual([
      'chat_id=42',
      'caption=Привет\r\n"ты"',
      'video фильм %22первый%22.mp4: moving',
      'thumbnail a%0D%0Ab.jpg: ',
    ]);
  });

  it('says what a file is, when that is known', async () => {
    const form = multipartStream({}, [{ ...file('file', 'a.bin', 'x'), contentType: 'image/webp' }]);
    const parser = busboy({ headers: { 'content-type': form.contentType } });
    const type = new Promise((resolve) =>
      parser.on('file', (_name, stream, { mimeType }) => {
        stream.resume();
        resolve(mimeType);
      }),
    );
    form.body.pipe(parser);
    expect(await type).toBe('image/webp');
  });

  it('says its length before it is read', async () => {
    const form = multipartStream({ caption: 'ü' }, [
      file('video', 'é.mp4', 'ten bytes!'),
      { ...file('photo', 'a.jpg', 'x'), contentType: 'image/jpeg' },
    ]);
    expect((await buffer(form.body)).length).toBe(form.contentLength);
  });

  it('fails when a file does', async () => {
    const broken = new Readable({ read: () => undefined });
    const form = multipartStream({}, [{ name: 'video', filename: 'a', sizeBytes: 9, stream: broken }]);
    broken.destroy(new Error('the disk is gone'));
    await expect(buffer(form.body)).rejects.toThrow('the disk is gone');
  });
});
