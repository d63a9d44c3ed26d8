import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, sep } from 'node:path';
import { ProviderError } from '../../errors/provider-error.js';
import type { DownloadedMedia, Provider } from '../provider.js';
import { type OpenCall, ProviderWorld, RecordingSink } from './provider-world.js';

const STOPS_WITHIN_MS = 7_000;
const BREATH_MS = 50;

export interface ContractSubject {
  provider: Provider;
  /**
   * A site with `/ok.mp4`, and the same without ranges (`/norange.mp4`), breaking off once (`/cut.mp4`), slow
   * (`/slow.mp4`), falling silent after 100 kB (`/stall.mp4`) and large (`/big.mp4?mb=`); `/redir?to=` and `/<status>.mp4`.
   */
  siteUrl: string;
}

/** What every provider that can fetch a plain file must do, whatever it is made of. */
export function describeProviderContract(name: string, subject: () => ContractSubject): void {
  describe(`the contract of providers, kept by ${name}`, () => {
    let world: ProviderWorld;
    let provider: Provider;
    let siteUrl: string;

    beforeAll(async () => {
      ({ provider, siteUrl } = subject());
      world = await ProviderWorld.create(new URL(siteUrl).host);
    });

    afterAll(() => world.destroy());

    const call = (path: string, wishes?: Parameters<ProviderWorld['call']>[1]) => world.call(siteUrl + path, wishes);

    it('is ready for direct links', async () => {
      const { ready, platforms = ['direct'] } = await provider.readiness();
      expect(ready).toBe(true);
      expect(platforms).toContain('direct');
    });

    it('finds out about a medium without fetching it', async () => {
      const probe = await call('/ok.mp4');
      expect(await provider.probe(probe)).toMatchObject({ title: 'ok', isLive: false });
      expect(await bytesIn(probe.workDir)).toBe(0);
    });

    it.each(['/ok.mp4', '/norange.mp4', '/redir', '/cut.mp4'])(
      'fetches all of %s, and tells how far it is',
      async (path) => {
        const download = await call(path);
        const sink = new RecordingSink();
        const media = await provider.download(download, sink);
        expect(media.path.startsWith(download.workDir + sep)).toBe(true);
        expect(await sha256(createReadStream(media.path))).toBe(await sha256((await fetch(`${siteUrl}/ok.mp4`)).body));
        expect(media.bytes).toBe((await stat(media.path)).size);
        expect(sink.steps.at(-1)).toMatchObject({ bytes: media.bytes, totalBytes: media.bytes });
      },
    );

    it('goes out through the gateway alone', async () => {
      const download = await call('/ok.mp4');
      const { bytes } = await provider.download(download, new RecordingSink());
      const sums = Object.values(download.session.bytesByHost);
      expect(sums).toHaveLength(1);
      expect(sums[0]).toBeGreaterThanOrEqual(bytes);
    });

    it.each([
      ['/401.mp4', 'CONTENT_PRIVATE'],
      ['/403.mp4', 'CONTENT_PRIVATE'],
      ['/404.mp4', 'CONTENT_GONE'],
      ['/410.mp4', 'CONTENT_GONE'],
      ['/429.mp4', 'HTTP_429'],
      ['/503.mp4', 'UPSTREAM_5XX'],
    ])('says what %s means: %s', async (path, code) => {
      const sink = new RecordingSink();
      await expect(provider.probe(await call(path))).rejects.toMatchObject({ name: 'ProviderError', code });
      await expect(provider.download(await call(path), sink)).rejects.toMatchObject({ name: 'ProviderError', code });
      expect(sink.tries).toEqual(code === 'UPSTREAM_5XX' ? [{ kind: 'first', errorCode: code }] : []);
    });

    it('takes silence for a stall, and tries once more', async () => {
      const stalling = await call('/stall.mp4', { stallMs: 1_500 });
      const sink = new RecordingSink();
      await expect(provider.download(stalling, sink)).rejects.toMatchObject({ code: 'STALL' });
      expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
      expect(await processesOf(stalling)).toEqual([]);
    });

    it('fetches nothing that is known to be too large', async () => {
      // More than a program asks for at once: the size of the whole counts, not that of its first piece.
      const large = await call('/big.mp4?mb=50&rate=500000', { maxBytes: 20_000_000 });
      await expect(provider.download(large, new RecordingSink())).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
      expect(await bytesIn(large.workDir)).toBeLessThan(1_000_000);
    });

    it('stops at once when it is aborted, and leaves no process behind', async () => {
      const aborting = new AbortController();
      const reason = new Error('cancelled by its sender');
      let abortedAt = Infinity;
      const sink = new RecordingSink(({ bytes }) => {
        if (bytes === 0 || aborting.signal.aborted) return;
        abortedAt = Date.now();
        aborting.abort(reason);
      });
      const slow = await call('/slow.mp4', { signal: aborting.signal });
      await expect(provider.download(slow, sink)).rejects.toBe(reason);
      expect(Date.now() - abortedAt).toBeLessThan(STOPS_WITHIN_MS);
      expect(await processesOf(slow)).toEqual([]);
      expect(sink.tries).toEqual([]);
      const written = await bytesIn(slow.workDir);
      await new Promise((resolve) => setTimeout(resolve, BREATH_MS));
      expect(await bytesIn(slow.workDir)).toBe(written);
    });

    it('does not begin what was aborted before', async () => {
      const reason = new Error('too late');
      const late = await call('/ok.mp4', { signal: AbortSignal.abort(reason) });
      await expect(provider.probe(late)).rejects.toBe(reason);
      await expect(provider.download(late, new RecordingSink())).rejects.toBe(reason);
      expect(late.session.hosts()).toEqual([]);
    });

    it('is kept from private addresses, also by a redirect', async () => {
      const trap = await openTrap();
      try {
        for (const url of [trap.url, `${siteUrl}/redir?to=${encodeURIComponent(trap.url)}`]) {
          const lured = await world.call(url);
          await expect(provider.download(lured, new RecordingSink())).rejects.toBeInstanceOf(ProviderError);
          expect(lured.session.refused()).toContain('loopback');
        }
        expect(trap.visits()).toBe(0);
      } finally {
        await trap.close();
      }
    });

    it('does not mix up downloads that run at the same time', async () => {
      const results = await Promise.all(
        ['/ok.mp4', '/vertical.mp4'].map(async (path): Promise<[string, DownloadedMedia]> => {
          return [path, await provider.download(await call(path), new RecordingSink())];
        }),
      );
      for (const [path, media] of results) {
        expect(await sha256(createReadStream(media.path))).toBe(await sha256((await fetch(siteUrl + path)).body));
      }
    });
  });
}

async function sha256(chunks: AsyncIterable<Uint8Array> | null): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks ?? []) hash.update(chunk);
  return hash.digest('hex');
}

/** On disk: a file that is laid out but not yet written takes none. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const states = await Promise.all(entries.map((entry) => stat(join(folder, entry))));
  return states.reduce((sum, state) => sum + (state.isFile() ? Math.min(state.size, state.blocks * 512) : 0), 0);
}

/** Command lines of processes that were told the call's folder. */
async function processesOf({ workDir }: OpenCall): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return lines.filter((line) => line.includes(workDir));
}

/** A server on a private address, which nobody must reach. */
async function openTrap(): Promise<{ url: string; visits: () => number; close: () => Promise<void> }> {
  let visits = 0;
  const server = createServer((_, response) => response.end('caught'));
  server.on('connection', () => visits++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ok.mp4`, visits: () => visits, close };
}
