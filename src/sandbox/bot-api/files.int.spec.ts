import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Input, Telegram } from 'telegraf';
import { refusal } from '../testing/control-client.js';
import { jpegHead, png } from '../testing/pictures.js';
import {
  ANNA_ID,
  FIRST_BOT,
  FIRST_ID,
  SECOND_BOT,
  SECOND_ID,
  startTestSandbox,
  type TestSandbox,
} from '../testing/test-sandbox.js';

const VIDEO = Buffer.from('not really a video, but nobody looks');

describe('files in the sandbox', () => {
  let test: TestSandbox;
  let telegram: Telegram;
  let other: Telegram;

  beforeAll(async () => {
    test = await startTestSandbox();
    const { apiRoot } = test.sandbox;
    telegram = new Telegram(FIRST_BOT.token, { apiRoot });
    other = new Telegram(SECOND_BOT.token, { apiRoot });
    await test.control.write(FIRST_ID, ANNA_ID, '/start');
    await test.control.write(SECOND_ID, ANNA_ID, '/start');
  });

  afterAll(() => test.stop());

  it('takes a video by multipart with what the bot says about it', async () => {
    const message = await telegram.sendVideo(ANNA_ID, Input.fromBuffer(VIDEO, 'clip.mp4'), {
      width: 640,
      height: 360,
      duration: 8,
      supports_streaming: true,
      thumbnail: Input.fromBuffer(jpegHead(320, 180), 'thumb.jpg'),
      caption: '<b>Done</b>: see https://example.com',
      parse_mode: 'HTML',
    });

    expect(message).toMatchObject({
      message_id: expect.any(Number) as number,
      chat: { id: ANNA_ID },
      from: { id: FIRST_ID },
      caption: 'Done: see https://example.com',
      caption_entities: [
        { type: 'bold', offset: 0, length: 4 },
        { type: 'url', offset: 10, length: 19 },
      ],
      video: {
        file_id: expect.any(String) as string,
        file_unique_id: expect.any(String) as string,
        width: 640,
        height: 360,
        duration: 8,
        file_size: VIDEO.length,
        file_name: 'clip.mp4',
        mime_type: 'video/mp4',
        thumbnail: { width: 320, height: 180, file_id: expect.any(String) as string },
      },
    });
    expect(Math.abs(message.date - Date.now() / 1000)).toBeLessThan(5);
    const [call] = await test.control.calls({ method: 'sendVideo' });
    expect(call).toMatchObject({
      chatId: ANNA_ID,
      status: 200,
      params: { width: '640', video: { name: 'clip.mp4', size: VIDEO.length, fileId: message.video.file_id } },
    });
  });

  it('knows a file again by its file_id, but only from the bot that had it', async () => {
    const sent = await telegram.sendVideo(ANNA_ID, Input.fromBuffer(VIDEO, 'a.mp4'), { width: 100, height: 200 });

    const again = await telegram.sendVideo(ANNA_ID, sent.video.file_id);

    expect(again.video).toEqual(sent.video);
    expect(await refusal(other.sendVideo(ANNA_ID, sent.video.file_id))).toBe(
      'Bad Request: wrong file identifier/HTTP URL specified',
    );
    expect(await refusal(telegram.sendPhoto(ANNA_ID, sent.video.file_id))).toBe(
      "Bad Request: can't use file of type Video as Photo",
    );
  });

  it('gives files back by getFile', async () => {
    const { document } = await telegram.sendDocument(ANNA_ID, Input.fromBuffer(Buffer.from('hello'), 'отчёт.txt'));
    expect(document.file_name).toBe('отчёт.txt');

    const link = await telegram.getFileLink(document.file_id);

    const response = await fetch(link, { headers: { range: 'bytes=1-3' } });
    expect(response.status).toBe(206);
    expect(await response.text()).toBe('ell');
  });

  it('shows a photo in sizes that grow, and refuses what is no picture', async () => {
    const { photo } = await telegram.sendPhoto(ANNA_ID, Input.fromBuffer(png(640, 480), 'p.png'));

    expect(photo.map(({ width, height }) => [width, height])).toEqual([
      [320, 240],
      [640, 480],
    ]);
    expect(await refusal(telegram.sendPhoto(ANNA_ID, Input.fromBuffer(VIDEO, 'p.png')))).toBe(
      'Bad Request: IMAGE_PROCESS_FAILED',
    );
  });

  it('takes a photo from a person and hands it to the bot', async () => {
    const form = new FormData();
    form.set('userId', String(ANNA_ID));
    form.set('caption', 'my product');
    form.set('photo', new Blob([new Uint8Array(png(400, 400))], { type: 'image/png' }), 'product.png');

    const { message } = await test.control.post<{ message: { photo: { file_id: string }[] } }>(
      `/chats/${FIRST_ID}/${ANNA_ID}/messages`,
      form,
    );

    const best = message.photo.at(-1)?.file_id ?? '';
    const response = await fetch(await telegram.getFileLink(best));
    expect(Buffer.from(await response.arrayBuffer())).toEqual(png(400, 400));
  });

  it('sends albums and replaces media', async () => {
    const [first, second] = await telegram.sendMediaGroup(ANNA_ID, [
      { type: 'photo', media: Input.fromBuffer(png(50, 50)), caption: 'one' },
      { type: 'video', media: Input.fromBuffer(VIDEO, 'two.mp4'), width: 10, height: 20 },
    ]);
    expect(first).toMatchObject({
      caption: 'one',
      photo: [{ width: 50 }],
      media_group_id: expect.any(String) as string,
    });
    expect(second).toMatchObject({
      video: { width: 10 },
      media_group_id: first && 'media_group_id' in first ? first.media_group_id : '',
    });

    const edited = await telegram.editMessageMedia(ANNA_ID, first?.message_id, undefined, {
      type: 'video',
      media: Input.fromBuffer(VIDEO, 'new.mp4'),
    });
    expect(edited).toMatchObject({ video: { file_name: 'new.mp4', width: 320, height: 320, duration: 0 } });
    expect(edited).not.toHaveProperty('photo');
    expect(edited).not.toHaveProperty('caption');
  });

  it('fetches URLs as Telegram does', async () => {
    const url = `${test.sandbox.mediaUrl}/404.mp4`;
    expect(await refusal(telegram.sendVideo(ANNA_ID, url))).toBe('Bad Request: failed to get HTTP URL content');
    const { document } = await telegram.sendDocument(ANNA_ID, `${test.sandbox.mediaUrl}/watch/sample`);
    expect(document).toMatchObject({ mime_type: 'text/html', file_size: expect.any(Number) as number });
  });

  it('answers 413 above the upload limit and keeps nothing of the file', async () => {
    await test.control.post('/settings', { uploadLimitMb: 1 });
    const tooBig = Input.fromBuffer(Buffer.alloc(1024 * 1024 + 1), 'big.mp4');

    expect(await refusal(telegram.sendVideo(ANNA_ID, tooBig))).toBe('Request Entity Too Large');

    await test.control.post('/settings', { uploadLimitMb: 2000 });
    const [call] = (await test.control.calls({ method: 'sendVideo' })).slice(-1);
    expect(call).toMatchObject({ status: 413 });
  });

  it('takes and gives paths in local mode only', async () => {
    const path = join(test.dataDir, 'own file.mp4');
    await writeFile(path, VIDEO);
    const uri = `file://${encodeURI(path)}`;
    expect(await refusal(telegram.sendVideo(ANNA_ID, uri))).toContain('wrong file identifier');

    await test.control.post('/settings', { local: true });
    try {
      const { video } = await telegram.sendVideo(ANNA_ID, uri);
      const { file_path: stored } = await telegram.getFile(video.file_id);
      expect(stored).toMatch(/^\//);
      expect(await readFile(stored ?? '')).toEqual(VIDEO);
      expect(video.file_name).toBe('own file.mp4');
    } finally {
      await test.control.post('/settings', { local: false });
    }
  });
});
