import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { ErrorCode } from '../../errors/error-codes.js';
import { ProviderError } from '../../errors/provider-error.js';
import type { DownloadedMedia, Provider, ProviderSetup } from '../provider.js';
import { bytesIn, openTrap, processesOf, sha256 } from './evidence.js';
import { localSetup, type OpenCall, ProviderWorld, RecordingSink } from './provider-world.js';
import { runDownload } from './run-download.js';

const STOPS_WITHIN_MS = 7_000;
const BREATH_MS = 50;

export interface ContractSubject {
  provider: Provider;
  /**
   * A site with `/ok.mp4`, and the same without ranges (`/norange.mp4`), breaking off once (`/cut.mp4`), slow
   * (`/slow.mp4`), falling silent after 100 kB (`/stall.mp4`) and large (`/big.mp4?mb=`); `/redir?to=` and `/<status>.mp4`.
   */
  siteUrl: string;
  /** Of an API; whatever link it is asked for, it leads to the file at that very address. */
  setup?: ProviderSetup;
  /** It asks for another address, once, when the bytes are refused. */
  reextracts?: boolean;
}

/** What a status means where the bytes of a medium were asked for: behind a direct link, and where an API leads to. */
const MEANINGS: readonly (readonly [path: string, ofDirect: ErrorCode, ofApi: ErrorCode])[] = [
  ['/401.mp4', 'CONTENT_PRIVATE', 'HTTP_401'],
  ['/403.mp4', 'CONTENT_PRIVATE', 'BYTES_403'],
  ['/404.mp4', 'CONTENT_GONE', 'PROVIDER_BUG'],
  ['/410.mp4', 'CONTENT_GONE', 'PROVIDER_BUG'],
  ['/429.mp4', 'HTTP_429', 'HTTP_429'],
  ['/503.mp4', 'UPSTREAM_5XX', 'UPSTREAM_5XX'],
];

/** What every provider that can fetch a plain file must do, whatever it is made of. */
export function describeProviderContract(name: string, subject: () => ContractSubject): void {
  describe(`the contract of providers, kept by ${name}`, () => {
    let world: ProviderWorld;
    let provider: Provider;
    let siteUrl: string;
    let setup: ProviderSetup;
    let reextracts: boolean;

    beforeAll(async () => {
      ({ provider, siteUrl, setup = localSetup, reextracts = false } = subject());
      world = await ProviderWorld.create(new URL(siteUrl).host);
    });

    afterAll(() => world.destroy());

    type Wishes = Parameters<ProviderWorld['call']>[1];
    const callTo = (url: string, wishes?: Wishes): Promise<OpenCall> => {
      if (provider.kind === 'local') return world.call(url, wishes);
      const link = { platform: 'youtube', mediaKey: 'youtube:id', canonicalUrl: url } as const;
      return world.call(url, { link, setup, ...wishes });
    };
    const call = (path: string, wishes?: Wishes) => callTo(siteUrl + path, wishes);
    const download = (opened: OpenCall, sink = new RecordingSink()) => runDownload(provider, opened, sink);

    it('is ready for such links', async () => {
      const { ready, platforms } = await provider.readiness(setup);
      expect(ready).toBe(true);
      expect(platforms ?? ['direct']).toContain(provider.kind === 'api' ? 'youtube' : 'direct');
    });

    it('finds out about a medium, if it does at all, without fetching it', async () => {
      const probe = await call('/ok.mp4');
      const facts = await provider.probe?.(probe);
      if (facts) expect(facts).toMatchObject({ title: 'ok', isLive: false });
      expect(await bytesIn(probe.workDir)).toBe(0);
    });

    it.each(['/ok.mp4', '/norange.mp4', '/redir', '/cut.mp4'])(
      'fetches all of %s, and tells how far it is',
      async (path) => {
        const opened = await call(path);
        const sink = new RecordingSink();
        const media = await download(opened, sink);
        expect(media.path.startsWith(opened.workDir + sep)).toBe(true);
        expect(await sha256(createReadStream(media.path))).toBe(await sha256((await fetch(`${siteUrl}/ok.mp4`)).body));
        expect(media.bytes).toBe((await stat(media.path)).size);
        expect(sink.steps.at(-1)).toMatchObject({ bytes: media.bytes, totalBytes: media.bytes });
      },
    );

    it('goes out through the gateway alone', async () => {
      const opened = await call('/ok.mp4');
      const { bytes } = await download(opened);
      const sums = Object.values(opened.session.bytesByHost);
      expect(sums).toHaveLength(1);
      expect(sums[0]).toBeGreaterThanOrEqual(bytes);
    });

    it.each(MEANINGS)('says what %s means: %s, or %s of an API', async (path, ofDirect, ofApi) => {
      const code = provider.kind === 'api' ? ofApi : ofDirect;
      const sink = new RecordingSink();
      const probed = provider.probe?.(await call(path));
      if (probed) await expect(probed).rejects.toMatchObject({ name: 'ProviderError', code });
      await expect(download(await call(path), sink)).rejects.toMatchObject({ name: 'ProviderError', code });
      const isTriedAgain = code === 'UPSTREAM_5XX' || (code === 'BYTES_403' && reextracts);
      expect(sink.tries).toEqual(isTriedAgain ? [{ kind: 'first', errorCode: code }] : []);
    });

    it('takes silence for a stall, and tries once more', async () => {
      const stalling = await call('/stall.mp4', { stallMs: 1_500 });
      const sink = new RecordingSink();
      await expect(download(stalling, sink)).rejects.toMatchObject({ code: 'STALL' });
      expect(sink.tries).toEqual([{ kind: 'first', errorCode: 'STALL' }]);
      expect(await processesOf(stalling)).toEqual([]);
    });

    it('fetches nothing that is known to be too large', async () => {
      // More than a program asks for at once: the size of the whole counts, not that of its first piece.
      const large = await call('/big.mp4?mb=50&rate=500000', { maxBytes: 20_000_000 });
      await expect(download(large)).rejects.toMatchObject({ code: 'CONTENT_TOO_LARGE' });
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
      await expect(download(slow, sink)).rejects.toBe(reason);
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
      const probed = provider.probe?.(late);
      if (probed) await expect(probed).rejects.toBe(reason);
      await expect(download(late)).rejects.toBe(reason);
      expect(late.session.hosts()).toEqual([]);
    });

    it('is kept from private addresses, also by a redirect', async () => {
      const trap = await openTrap();
      try {
        for (const url of [trap.url, `${siteUrl}/redir?to=${encodeURIComponent(trap.url)}`]) {
          const lured = await callTo(url);
          await expect(download(lured)).rejects.toBeInstanceOf(ProviderError);
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
          return [path, await download(await call(path))];
        }),
      );
      for (const [path, media] of results) {
        expect(await sha256(createReadStream(media.path))).toBe(await sha256((await fetch(siteUrl + path)).body));
      }
    });
  });
}
