import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { Logger } from '@nestjs/common';
import { eventually } from '../../../test/support/eventually.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Clock } from '../clock/clock.js';
import { ManualClock } from '../clock/testing/manual-clock.js';
import { startApi, type TestApi } from '../http-server/testing/start-api.js';
import { storageConfig } from '../storage/storage.config.js';
import { Storage } from '../storage/storage.js';
import { StorageModule } from '../storage/storage.module.js';
import { SignedLinks, type SignedFile } from './signed-links.js';
import { SignedLinksModule } from './signed-links.module.js';

const OWNER = '7a1f0f5e-4d0b-4a5e-9a53-3b8d4b5f2a10';
const FILE: SignedFile = {
  owner: OWNER,
  key: `media/user_${OWNER}/notes.txt`,
  fileName: 'Заметки.txt',
  contentType: 'text/plain',
  disposition: 'attachment',
};

describe('files by signed links', () => {
  const clock = new ManualClock();
  let stores: TestStores;
  let api: TestApi;
  let links: SignedLinks;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({
      stores,
      imports: [StorageModule, SignedLinksModule],
      groups: [storageConfig],
      replace: [[Clock, clock]],
      env: { API_RATE_PER_MIN: '1' },
    });
    links = api.app.get(SignedLinks);
    await store(FILE.key, '0123456789');
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });

  async function store(key: string, content: string): Promise<void> {
    const path = api.app.get(Storage).localPath(key) ?? '';
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }

  const get = (headers: Record<string, string> = {}, file = FILE) => api.call(links.make(file), { headers });

  it('give the whole file, and nothing that a page could use against us', async () => {
    const response = await get();
    expect([response.status, await response.text()]).toEqual([200, '0123456789']);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="_______.txt"; filename*=UTF-8''${encodeURIComponent(FILE.fileName)}`,
      'content-length': '10',
      'content-type': 'text/plain; charset=utf-8',
      'content-security-policy': expect.stringMatching(/default-src 'none'.*; sandbox allow-same-origin$/) as string,
      'x-content-type-options': 'nosniff',
    });
  });

  it.each([
    ['bytes=2-4', 206, 'bytes 2-4/10', '234'],
    ['bytes=7-', 206, 'bytes 7-9/10', '789'],
    ['bytes=-3', 206, 'bytes 7-9/10', '789'],
    ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
    ['bytes=0-0', 206, 'bytes 0-0/10', '0'],
    ['bytes=0-1,4-5', 200, null, '0123456789'],
    ['lines=1-2', 200, null, '0123456789'],
    ['bytes=x', 200, null, '0123456789'],
  ])('%s → %i', async (range, status, contentRange, body) => {
    const response = await get({ range });
    expect([response.status, response.headers.get('content-range')]).toEqual([status, contentRange]);
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(await response.text()).toBe(body);
  });

  it.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('have no %s', async (range) => {
    const response = await get({ range });
    expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    expect(await response.json()).toMatchObject({ status: 416 });
    expect(response.headers.get('content-disposition')).toBeNull();
  });

  it('go on with a file only while it is the same', async () => {
    const whole = await get();
    const [etag, modified] = [whole.headers.get('etag') ?? '', whole.headers.get('last-modified') ?? ''];
    await whole.text();
    const statusFor = async (validator: string) => (await get({ range: 'bytes=5-', 'if-range': validator })).status;
    expect(await statusFor(etag)).toBe(206);
    expect(await statusFor(modified)).toBe(206);
    expect(await statusFor('"another"')).toBe(200);
    expect(await statusFor('Thu, 01 Jan 1970 00:00:00 GMT')).toBe(200);
  });

  it('answer HEAD with the headers alone', async () => {
    const response = await api.call(links.make(FILE), { method: 'HEAD', headers: { range: 'bytes=2-4' } });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([206, '3', '']);
  });

  it('give an empty file', async () => {
    const empty = { ...FILE, key: `media/user_${OWNER}/empty` };
    await store(empty.key, '');
    const response = await get({}, empty);
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', '']);
    expect((await get({ range: 'bytes=0-' }, empty)).status).toBe(416);
  });

  it('are 404 when the file is gone, when they are not whole, and after five minutes', async () => {
    const codeOf = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
    const gone = await get({}, { ...FILE, key: `media/user_${OWNER}/gone` });
    expect(gone.headers.get('content-disposition')).toBeNull();
    expect(await codeOf(gone)).toEqual([404, 'storage.not_found']);

    const link = links.make(FILE);
    const invalid = [404, 'files.link_invalid'];
    for (const path of [
      link.slice(0, -1),
      `${link}A`,
      '/api/v1/files/x',
      '/api/v1/files/a.b',
      '/api/v1/files/%00.%2e',
    ]) {
      expect(await codeOf(await api.call(path))).toEqual(invalid);
    }
    clock.advance(5 * 60_000);
    expect(await codeOf(await api.call(link))).toEqual(invalid);
  });

  it('let go of the file when somebody leaves in the middle, which is no failure', async () => {
    const large = { ...FILE, key: `media/user_${OWNER}/large` };
    await store(large.key, 'x'.repeat(8_000_000));
    const opened = vi.spyOn(api.app.get(Storage), 'open');
    const failed = vi.spyOn(Logger.prototype, 'error');
    const leaving = new AbortController();
    const response = await api.call(links.make(large), { signal: leaving.signal });
    const reader = response.body!.getReader();
    await reader.read();
    leaving.abort();
    const { stream } = (await opened.mock.results[0]!.value) as { stream: Readable };
    await eventually(() => stream.destroyed);
    expect((await get()).status).toBe(200);
    expect(failed).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
