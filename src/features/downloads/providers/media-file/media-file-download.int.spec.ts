import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SystemClock } from '../../../../platform/clock/clock.js';
import { RecordingSink, ProviderWorld } from '../testing/provider-world.js';
import { MediaFileDownload } from './media-file-download.js';
import { OutputFile } from './output-file.js';

const MB = 1024 * 1024;
/** Large enough for four connections. */
const film = Buffer.concat([Buffer.from('\0\0\0\x20ftypisom', 'latin1'), randomBytes(17 * MB)]);
const short = film.subarray(0, 300_000);

type Handler = (request: IncomingMessage, response: ServerResponse, range: Range | null) => void;

interface Range {
  from: number;
  to: number;
}

let server: Server;
let world: ProviderWorld;
let url: string;
let handle: Handler;
let ranges: (string | undefined)[];

beforeAll(async () => {
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    const match = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    handle(request, response, match && { from: Number(match[1]), to: match[2] ? Number(match[2]) + 1 : Infinity });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}/film.mp4`;
  world = await ProviderWorld.create(`127.0.0.1:${port}`);
});

beforeEach(() => {
  ranges = [];
});

afterAll(async () => {
  await world.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The head of a partial answer, and the bytes that belong to it. */
function partial(response: ServerResponse, file: Buffer, { from, to }: Range, etag = '"1"'): Buffer {
  const bytes = file.subarray(from, to);
  response.writeHead(206, {
    etag,
    'content-length': bytes.length,
    'content-range': `bytes ${from}-${from + bytes.length - 1}/${file.length}`,
  });
  return bytes;
}

async function download({ maxBytes = 100 * MB, stallMs = 5_000, signal = new AbortController().signal } = {}) {
  const call = await world.call(url);
  const sink = new RecordingSink();
  const request = {
    url,
    platform: 'direct',
    folder: call.workDir,
    fetch: call.fetch,
    maxBytes,
    stallMs,
    signal,
  } as const;
  const result = new MediaFileDownload(request, sink, new SystemClock()).run();
  return { sink, result };
}

async function content(run: Awaited<ReturnType<typeof download>>): Promise<Buffer> {
  return readFile((await run.result).path);
}

describe('MediaFileDownload', () => {
  it('fetches a large file over four connections at the same time', async () => {
    const waiting: (() => void)[] = [];
    handle = (_, response, range) => {
      const bytes = partial(response, film, range ?? { from: 0, to: Infinity });
      response.write(bytes.subarray(0, 100_000));
      waiting.push(() => response.end(bytes.subarray(100_000)));
      if (waiting.length === 4) for (const goOn of waiting) goOn();
    };
    const run = await download();
    expect((await content(run)).equals(film)).toBe(true);
    expect(ranges).toHaveLength(4);
    expect(run.sink.tries).toEqual([]);
    expect(run.sink.steps.at(-1)).toMatchObject({ bytes: film.length, totalBytes: film.length });
  });

  it('takes one connection where several are refused, and keeps what has come', async () => {
    let isTaken = false;
    handle = (_, response, range) => {
      if (isTaken) {
        response.writeHead(429).end();
        return;
      }
      const bytes = partial(response, film, range ?? { from: 0, to: Infinity });
      if (ranges.length > 1) {
        response.end(bytes);
        return;
      }
      isTaken = true;
      response.on('close', () => (isTaken = false)).write(bytes.subarray(0, 200_000));
    };
    const run = await download();
    expect((await content(run)).equals(film)).toBe(true);
    expect(run.sink.tries).toEqual([{ kind: 'first', errorCode: 'HTTP_429' }]);
  });

  it('goes on from where it broke off', async () => {
    handle = (_, response, range) => {
      const bytes = partial(response, short, range ?? { from: 0, to: Infinity });
      response.write(bytes.subarray(0, 80_000), () => {
        if (bytes.length > 80_000) response.destroy();
        else response.end();
      });
    };
    const run = await download();
    expect((await content(run)).equals(short)).toBe(true);
    const starts = ranges.map((range) => Number(/\d+/.exec(range ?? '')));
    expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
    expect(starts.length).toBeGreaterThanOrEqual(4);
    expect(run.sink.tries).toHaveLength(starts.length - 1);
    expect(run.sink.tries[0]).toEqual({ kind: 'first', errorCode: 'STALL' });
    expect(run.sink.tries[1]).toEqual({ kind: 'resume', errorCode: 'STALL' });
  });

  it('gives up when it breaks off again and again', async () => {
    handle = (_, response, range) => {
      const bytes = partial(response, short, range ?? { from: 0, to: Infinity });
      response.write(bytes.subarray(0, 2_000), () => response.destroy());
    };
    const { result, sink } = await download();
    await expect(result).rejects.toMatchObject({ code: 'STALL' });
    expect(sink.tries).toHaveLength(4);
  });

  it('asks for the rest where a server gives less than it was asked for', async () => {
    handle = (_, response, range) => {
      const from = range?.from ?? 0;
      response.end(partial(response, short, { from, to: Math.min(from + 100_000, range?.to ?? Infinity) }));
    };
    const run = await download();
    expect((await content(run)).equals(short)).toBe(true);
    expect(run.sink.tries).toEqual([]);
    expect(ranges).toHaveLength(3);
  });

  it('does not mix two versions of a file', async () => {
    const second = Buffer.concat([short.subarray(0, 1_000), randomBytes(250_000)]);
    handle = ({ headers }, response, range) => {
      const isFirst = ranges.length === 1;
      if (headers['if-range'] !== undefined && headers['if-range'] !== '"2"') {
        response.writeHead(200, { etag: '"2"', 'content-length': second.length }).end(second);
        return;
      }
      const bytes = partial(
        response,
        isFirst ? short : second,
        range ?? { from: 0, to: Infinity },
        isFirst ? '"1"' : '"2"',
      );
      response.write(bytes.subarray(0, 50_000), () => {
        if (isFirst) response.destroy();
        else response.end(bytes.subarray(50_000));
      });
    };
    const run = await download();
    expect((await content(run)).equals(second)).toBe(true);
    expect(ranges.map((range) => range === 'bytes=0-')).toEqual([true, false, true]);
  });

  it('begins anew, once, where there are no parts', async () => {
    let broken = 0;
    handle = (_, response) => {
      response.writeHead(200, { 'content-length': short.length });
      response.write(short.subarray(0, 50_000), () => {
        if (broken++ === 0) response.destroy();
        else response.end(short.subarray(50_000));
      });
    };
    const run = await download();
    expect((await content(run)).equals(short)).toBe(true);
    expect(ranges).toEqual(['bytes=0-', 'bytes=0-']);
  });

  it('fetches what does not tell its size, up to the limit', async () => {
    handle = (_, response) => {
      response.writeHead(200);
      response.write(short.subarray(0, 100_000));
      response.end(short.subarray(100_000));
    };
    const run = await download();
    expect((await content(run)).equals(short)).toBe(true);
    expect(run.sink.steps.at(-1)).toMatchObject({ bytes: short.length, totalBytes: null });
    const { result } = await download({ maxBytes: 150_000 });
    await expect(result).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
  });

  it('ends all connections when one stalls', async () => {
    const closed: Promise<unknown>[] = [];
    handle = (_, response, range) => {
      closed.push(new Promise((resolve) => response.on('close', resolve)));
      response.write(partial(response, film, range ?? { from: 0, to: Infinity }).subarray(0, 20_000));
    };
    const { result, sink } = await download({ stallMs: 1_000 });
    await expect(result).rejects.toMatchObject({ code: 'STALL' });
    expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
    await Promise.all(closed);
    expect(closed.length).toBeGreaterThanOrEqual(5);
  });

  it.each<[string, Handler]>([
    ['a page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
    ['nothing', (_, response) => response.writeHead(200, { 'content-length': 0 }).end()],
    ['an empty range', (_, response) => response.writeHead(416, { 'content-range': 'bytes */0' }).end()],
    ['no content', (_, response) => response.writeHead(204).end()],
  ])('is not for %s', async (_, handler) => {
    handle = handler;
    const { result } = await download();
    await expect(result).rejects.toMatchObject({ name: 'NotApplicable' });
  });

  it('passes on how long a server wants to be left alone', async () => {
    handle = (_, response) => response.writeHead(429, { 'retry-after': '30' }).end();
    const { result } = await download();
    await expect(result).rejects.toMatchObject({ code: 'HTTP_429', retryAfterSec: 30 });
  });
});

describe('OutputFile', () => {
  it('says when the disk is full', async () => {
    const output = await OutputFile.create('/dev/full', null);
    await expect(output.write(Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'LOCAL_DISK' });
    await output.close();
  });
});
