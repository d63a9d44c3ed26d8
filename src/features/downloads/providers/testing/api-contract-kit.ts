import { inspect } from 'node:util';
import type { Provider, ProviderSetup } from '../provider.js';
import { describeProviderContract } from './contract-kit.js';
import { ProviderWorld, RecordingSink } from './provider-world.js';
import { runDownload } from './run-download.js';
import { type ApiAnswer, ScriptedApi, type ApiScript } from './scripted-api.js';

/** Recognisable wherever it should not be. */
const KEY = 'k3y-0f-0ur-0wn';

export interface ApiContractSubject {
  provider: Provider;
  /** As in the contract of all providers. */
  siteUrl: string;
  /** Answers so that the file at the link itself is fetched. */
  leads: ApiScript;
  /** It asks for another address, once, when the bytes are refused. */
  reextracts: boolean;
}

/** Answers without a medium, whatever the API. */
const REFUSALS: readonly (readonly [what: string, answer: ApiAnswer, code: string])[] = [
  ['a refused key', { status: 401, body: { message: `Invalid API key ${KEY}` } }, 'CONFIG'],
  ['no subscription', { status: 403, body: { message: 'You are not subscribed to this API.' } }, 'CONFIG'],
  [
    'too high a rate',
    { status: 429, body: { message: 'Too many requests' }, headers: { 'retry-after': '77' } },
    'HTTP_429',
  ],
  ['its own failure', { status: 500, body: { message: `key ${KEY} made us fall` } }, 'UPSTREAM_5XX'],
  ['a page', { body: `<html>${KEY}</html>` }, 'PROVIDER_BUG'],
  ['half an answer', { body: `{"message": "${KEY}` }, 'PROVIDER_BUG'],
  ['nothing that is known', { body: { hello: 'world' } }, 'PROVIDER_BUG'],
  ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' }, 'PROVIDER_BUG'],
  ['no answer', 'broken', 'UPSTREAM_5XX'],
];

/** What every adapter of an outside API must do besides. */
export function describeApiContract(name: string, subject: () => ApiContractSubject): void {
  describe(`the API behind ${name}`, () => {
    let api: ScriptedApi;
    let setup: ProviderSetup;
    let world: ProviderWorld;
    let provider: Provider;
    let siteUrl: string;
    let leads: ApiScript;

    beforeAll(async () => {
      ({ provider, siteUrl, leads } = subject());
      api = await ScriptedApi.start(leads);
      setup = { name, baseUrl: api.url, apiHost: null, apiKey: KEY, options: {} };
      world = await ProviderWorld.create(new URL(siteUrl).host);
    });

    beforeEach(() => {
      api.script = leads;
      api.questions.length = 0;
    });

    afterAll(async () => {
      await world.destroy();
      await api.stop();
    });

    const call = (wishes?: Parameters<ProviderWorld['call']>[1]) => {
      const canonicalUrl = `${siteUrl}/ok.mp4`;
      const link = { platform: 'youtube', mediaKey: 'youtube:id', canonicalUrl } as const;
      return world.call(canonicalUrl, { link, setup, ...wishes });
    };

    describeProviderContract(name, () => ({ ...subject(), setup }));

    it('is not ready while nothing leads to it, and says so', async () => {
      const readiness = await provider.readiness({ ...setup, baseUrl: null });
      expect(readiness).toMatchObject({ ready: false, reason: 'It has neither a key nor an address' });
      const lost = await call({ setup: { ...setup, baseUrl: null } });
      await expect(provider.download(lost, new RecordingSink())).rejects.toMatchObject({ code: 'CONFIG' });
    });

    it.each(REFUSALS)('says what %s means, and not what its key is', async (_, answer, code) => {
      api.script = () => answer;
      const sink = new RecordingSink();
      const error: unknown = await provider.download(await call(), sink).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'ProviderError', code, reportedBy: 'api' });
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(KEY);
      expect(sink.charges).toEqual([]);
    });

    it('keeps how long it is to be left alone', async () => {
      const [, answer] = REFUSALS.find(([, , code]) => code === 'HTTP_429')!;
      api.script = () => answer;
      await expect(provider.download(await call(), new RecordingSink())).rejects.toMatchObject({ retryAfterSec: 77 });
    });

    it('is not asked when it is too late', async () => {
      const late = await call({ signal: AbortSignal.abort(new Error('too late')) });
      await expect(provider.download(late, new RecordingSink())).rejects.toThrow('too late');
      expect(api.questions).toEqual([]);
    });

    it('is let go of when it is aborted while it thinks', async () => {
      const aborting = new AbortController();
      api.script = () => {
        aborting.abort(new Error('cancelled'));
        return 'silent';
      };
      const cancelled = await call({ signal: aborting.signal });
      await expect(provider.download(cancelled, new RecordingSink())).rejects.toThrow('cancelled');
    });

    it('is not asked for what is too long', async () => {
      const long = await call({ durationSec: 7_200 });
      await expect(provider.download(long, new RecordingSink())).rejects.toMatchObject({ code: 'CONTENT_TOO_LONG' });
      expect(api.questions).toEqual([]);
    });

    it('charges once at most, and names the medium', async () => {
      const sink = new RecordingSink();
      const media = await runDownload(provider, await call(), sink);
      expect(sink.charges.length).toBeLessThanOrEqual(1);
      expect(media).toMatchObject({ expectedDurationSec: null });
      expect(media.title).toMatch(/^ok\b/);
    });

    it('gives a host that cannot be found', async () => {
      const canonicalUrl = 'https://cdn.invalid/ok.mp4';
      const link = { platform: 'youtube', mediaKey: 'youtube:id', canonicalUrl } as const;
      const error: unknown = await runDownload(provider, await call({ link }), new RecordingSink()).catch(
        (e: unknown) => e,
      );
      expect(error).toMatchObject({ code: 'UPSTREAM_5XX' });
      expect(error).not.toHaveProperty('reportedBy', 'api');
    });
  });
}
