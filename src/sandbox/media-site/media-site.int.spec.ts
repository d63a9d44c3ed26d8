import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { path as ffprobe } from 'ffprobe-static';
import { SystemClock } from '../../platform/clock/clock.js';
import { ffmpeg } from '../ffmpeg.js';
import { listen, type ListeningServer } from '../http-server.js';
import type { Hit } from './hits.js';
import { createMediaSite, type MediaSite } from './media-site.js';

const run = promisify(execFile);

/** Shared by runs: a sample takes a second to make and a moment to look at. */
const FOLDER = join(tmpdir(), 'nexus-sandbox-samples');

interface Stream {
  codec_name: string;
  profile?: string;
  pix_fmt?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  side_data_list?: { rotation?: number }[];
}

async function streams(path: string): Promise<Stream[]> {
  const { stdout } = await run(ffprobe, ['-v', 'error', '-print_format', 'json', '-show_streams', path]);
  return (JSON.parse(stdout) as { streams: Stream[] }).streams;
}

describe('the media site', () => {
  let site: MediaSite;
  let server: ListeningServer;
  let url: string;
  let downloads: string;

  beforeAll(async () => {
    site = createMediaSite({ folder: FOLDER, ffmpegPath: 'ffmpeg', clock: new SystemClock(), log: () => undefined });
    server = await listen(site.app, '127.0.0.1', 0, 'media site');
    url = `http://127.0.0.1:${server.port}`;
    downloads = join(tmpdir(), `nexus-sandbox-downloads-${process.pid}`);
    await mkdir(downloads, { recursive: true });
  });

  beforeEach(() => site.reset());

  afterAll(async () => {
    await server.close();
    await rm(downloads, { recursive: true });
  });

  const bytes = async (path: string, headers: Record<string, string> = {}): Promise<Buffer> =>
    Buffer.from(await (await fetch(url + path, { headers })).arrayBuffer());

  async function download(name: string): Promise<string> {
    const path = join(downloads, name);
    const response = await fetch(`${url}/${name}`);
    if (!response.body) throw new Error('No body');
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    return path;
  }

  it('serves ranges, and the whole when the file has changed since', async () => {
    const whole = await fetch(`${url}/ok.mp4`);
    const etag = whole.headers.get('etag') ?? '';
    const body = Buffer.from(await whole.arrayBuffer());
    expect(whole.headers.get('accept-ranges')).toBe('bytes');
    expect(body.length).toBeGreaterThan(1_000_000);

    expect(await bytes('/ok.mp4', { range: 'bytes=100-199', 'if-range': etag })).toEqual(body.subarray(100, 200));
    expect(await bytes('/ok.mp4', { range: 'bytes=-50' })).toEqual(body.subarray(-50));
    expect((await bytes('/ok.mp4', { range: 'bytes=100-', 'if-range': '"other"' })).length).toBe(body.length);
    expect((await fetch(`${url}/ok.mp4`, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
    expect((await bytes('/norange.mp4', { range: 'bytes=100-199' })).length).toBe(body.length);
  });

  it('cuts a download once and lets it be resumed', async () => {
    const whole = await bytes('/ok.mp4');
    const first = await fetch(`${url}/cut.mp4?once`);
    const got: Buffer[] = [];
    await expect(
      (async () => {
        for await (const chunk of first.body ?? []) got.push(Buffer.from(chunk as Uint8Array));
      })(),
    ).rejects.toThrow('terminated');
    const start = Buffer.concat(got);
    expect(start.length).toBe(Math.floor(whole.length / 4));

    const rest = await bytes('/cut.mp4?once', { range: `bytes=${start.length}-` });

    expect(Buffer.concat([start, rest]).equals(whole)).toBe(true);
  });

  it('grows a playable file to any size, with the same bytes each time', async () => {
    const hash = createHash('sha256');
    const response = await fetch(`${url}/big.mp4?mb=30`);
    const path = join(downloads, 'big.mp4');
    await pipeline(
      Readable.fromWeb(response.body ?? (await Promise.reject(new Error('No body')))),
      async function* (chunks) {
        for await (const chunk of chunks as AsyncIterable<Uint8Array>) {
          hash.update(chunk);
          yield chunk;
        }
      },
      createWriteStream(path),
    );
    expect((await stat(path)).size).toBe(30 * 1024 * 1024);
    expect(await streams(path)).toHaveLength(2);

    const half = 15 * 1024 * 1024 + 7;
    const again = [
      await bytes('/big.mp4?mb=30', { range: `bytes=0-${half - 1}` }),
      await bytes('/big.mp4?mb=30', { range: `bytes=${half}-` }),
    ];
    expect(createHash('sha256').update(Buffer.concat(again)).digest('hex')).toBe(hash.digest('hex'));
  });

  it('is slow, silent, elsewhere or broken where it says so', async () => {
    const started = Date.now();
    let slow = 0;
    for await (const chunk of (await fetch(`${url}/slow.mp4?rate=100000`)).body ?? []) {
      slow += (chunk as Uint8Array).length;
      if (slow >= 30_000) break;
    }
    expect(Date.now() - started).toBeGreaterThanOrEqual(180);

    const stalled = await fetch(`${url}/stall.mp4`, { signal: AbortSignal.timeout(400) });
    let came = 0;
    await expect(
      (async () => {
        for await (const chunk of stalled.body ?? []) came += (chunk as Uint8Array).length;
      })(),
    ).rejects.toThrow('timeout');
    expect(came).toBe(100_000);

    const redirect = await fetch(`${url}/redir?to=${encodeURIComponent('http://10.0.0.1/x')}`, { redirect: 'manual' });
    expect(redirect.headers.get('location')).toBe('http://10.0.0.1/x');
    for (const status of [401, 403, 404, 410, 429, 500, 503]) {
      expect((await fetch(`${url}/${status}.mp4`)).status).toBe(status);
    }
    const hits = (await (await fetch(`${url}/hits`)).json()) as Hit[];
    expect(hits.map((hit) => hit.url)).toContain('/stall.mp4');
  });

  it('keeps the size to itself, or has none', async () => {
    const whole = await bytes('/ok.mp4');
    const unsized = await fetch(`${url}/unsized.mp4`, { headers: { range: 'bytes=0-9' } });
    expect(unsized.headers.get('content-length')).toBeNull();
    expect(unsized.headers.get('estimated-content-length')).toBe(String(whole.length));
    expect((await unsized.arrayBuffer()).byteLength).toBe(whole.length);
    const empty = await fetch(`${url}/empty.mp4`);
    expect([empty.status, empty.headers.get('content-length')]).toEqual([200, '0']);
    const named = await bytes('/norange.mp4?sample=vertical.mp4');
    expect(named.equals(await bytes('/vertical.mp4'))).toBe(true);
  });

  it('overlooks doubled slashes', async () => {
    expect((await fetch(`${url}//vertical.mp4?x=//`)).status).toBe(200);
    expect((await fetch(`${url}//hls///i.m3u8`)).status).toBe(200);
  });

  it.each([
    ['sound.m4a', 'audio/mp4', ['aac']],
    ['sound.mp3', 'audio/mpeg', ['mp3']],
    ['photo.jpg', 'image/jpeg', ['mjpeg']],
    ['photo-tall.jpg', 'image/jpeg', ['mjpeg']],
  ])('has %s, which is no video', async (name, type, codecs) => {
    if (!(await site.links()).some(({ path }) => path === `/${name}`)) return;
    expect((await fetch(`${url}/${name}`, { method: 'HEAD' })).headers.get('content-type')).toBe(type);
    expect((await streams(await download(name))).map(({ codec_name }) => codec_name)).toEqual(codecs);
  });

  it('offers HLS, whole and with a hole', async () => {
    const segments = async (playlist: string): Promise<number[]> => {
      const names = (await bytes(`/hls/${playlist}`)).toString().match(/^.*\.ts$/gm) ?? [];
      return Promise.all(names.map(async (name) => (await fetch(`${url}/hls/${name}`)).status));
    };
    expect(await segments('i.m3u8')).toEqual([200, 200, 200, 200]);
    expect(await segments('gap.m3u8')).toEqual([200, 200, 404, 200]);
  });

  it('has a page that shows its video to extractors', async () => {
    const html = (await bytes('/watch/sample')).toString();
    expect(html).toContain(`<meta property="og:video" content="${url}/ok.mp4">`);
    expect(html).toContain(`<video controls src="${url}/ok.mp4"`);
    expect((await bytes('/')).toString()).toContain('href="/vertical.mp4"');
  });

  it.each<[string, Partial<Stream>, string | null]>([
    ['ok.mp4', { codec_name: 'h264', pix_fmt: 'yuv420p', width: 640, height: 360, sample_aspect_ratio: '1:1' }, 'aac'],
    ['sar-container.mp4', { sample_aspect_ratio: '3:4' }, 'aac'],
    ['sar-bitstream.mp4', { sample_aspect_ratio: '1:1' }, 'aac'],
    ['anamorphic.mp4', { width: 480, height: 360, sample_aspect_ratio: '4:3' }, 'aac'],
    ['rotated.mp4', { width: 640, side_data_list: [expect.objectContaining({ rotation: -90 })] as never }, 'aac'],
    ['vertical.mp4', { width: 360, height: 640 }, 'aac'],
    ['hevc.mp4', { codec_name: 'hevc' }, 'aac'],
    ['vp9.webm', { codec_name: 'vp9' }, 'opus'],
    ['av1.mp4', { codec_name: 'av1' }, 'aac'],
    ['tenbit.mp4', { codec_name: 'h264', profile: 'High 10', pix_fmt: 'yuv420p10le' }, 'aac'],
    ['oddsize.mp4', { codec_name: 'h264', width: 641, height: 361 }, 'aac'],
    ['moovlast.mp4', { codec_name: 'h264' }, 'aac'],
    ['noaudio.mp4', { codec_name: 'h264' }, null],
    ['opus.mp4', { codec_name: 'h264' }, 'opus'],
  ])('makes %s as its name says', async (name, video, audio) => {
    if (!(await site.links()).some(({ path }) => path === `/${name}`)) return;
    const [picture, sound] = await streams(await download(name));
    expect(picture).toMatchObject(video);
    expect(sound?.codec_name ?? null).toBe(audio);
  });

  it('disagrees with itself about pixels exactly where it should', async () => {
    const inner = async (name: string): Promise<string | undefined> => {
      const raw = join(downloads, `${name}.h264`);
      await ffmpeg('ffmpeg', ['-i', await download(name), '-c', 'copy', '-f', 'h264', raw]);
      return (await streams(raw))[0]?.sample_aspect_ratio;
    };
    expect(await inner('sar-container.mp4')).toBe('1:1');
    expect(await inner('sar-bitstream.mp4')).toBe('16:9');
    expect(await inner('anamorphic.mp4')).toBe('4:3');
  });

  it('puts the index first, except where it should be last', async () => {
    const isFirst = async (name: string): Promise<boolean> => {
      const file = await bytes(`/${name}`);
      return file.indexOf('moov') < file.indexOf('mdat');
    };
    expect([await isFirst('ok.mp4'), await isFirst('rotated.mp4'), await isFirst('moovlast.mp4')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
