import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { startTrap, startUpstreamProxy, TestServers } from '../../../../platform/egress/testing/servers.js';
import type { Page } from '../../../../platform/http-server/paging.js';
import { NotApplicable, ProviderError } from '../../errors/provider-error.js';
import { Waiting, type ProviderCall } from '../../providers/provider.js';
import type { AttemptDto } from '../attempts/attempt.dto.js';
import type { CircuitDto } from '../circuits/circuit.dto.js';
import { insertAttempt, insertRequest } from '../testing/history.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider, someFacts, someVideo } from '../testing/scripted-provider.js';
import type { ProviderTestDto } from './provider-test.dto.js';

const LINK = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ&si=tracked';
const API_KEY = 'the-key-of-savenow-1234';

describe('the work of a provider', () => {
  let world: OperatorApi;
  let servers: TestServers;
  const local = new ScriptedProvider('yt-dlp', 'local');
  const paid = new ScriptedProvider('savenow', 'api');
  const files = new ScriptedProvider('direct', 'local');
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    servers = new TestServers();
    world = await operatorApi([local, paid, files]);
    const rows = await world.database.query<{ id: string; name: string }>('SELECT id, name FROM download_providers');
    for (const { id, name } of rows) ids[name] = id;
    await patch('savenow', { apiKey: API_KEY });
  });
  afterAll(async () => {
    await world.close();
    await servers.close();
  });
  beforeEach(async () => {
    for (const provider of [local, paid, files]) {
      provider.calls.length = 0;
      provider.ready = { ready: true };
      provider.facts = () => Promise.resolve(someFacts);
      provider.answer = someVideo;
    }
    files.ready = { ready: true, platforms: ['direct'] };
    await world.database.query('DELETE FROM audit_log');
  });

  const patch = (name: string, json: object) => world.ask(`/providers/${String(ids[name])}`, { method: 'PATCH', json });
  const test = async (name: string, json: object = {}) =>
    (await world.ask<ProviderTestDto>(`/providers/${String(ids[name])}/test`, { json })).body;
  const circuits = async () => (await world.ask<Page<CircuitDto>>('/circuits')).body.items.map(({ key }) => key);

  describe('POST /providers/{id}/test', () => {
    it('asks for something that is always there, where that is free', async () => {
      const answer = await test('yt-dlp');
      expect(answer).toEqual({
        ok: true,
        ms: expect.any(Number) as number,
        media: { title: 'Me at the zoo', durationSec: 19, sizeBytes: 700_000, width: 320, height: 240 },
      });
      expect(local.calls[0]?.link.platform).toBe('youtube');
    });

    it('asks for the link it is given, with a folder of its own that is gone afterwards', async () => {
      let there = false;
      local.facts = ({ workDir }) => {
        there = existsSync(workDir);
        return Promise.resolve(someFacts);
      };
      expect(await test('yt-dlp', { url: LINK })).toMatchObject({ ok: true });
      const [call] = local.calls;
      expect(call?.link).toEqual({
        platform: 'youtube',
        mediaKey: 'youtube:dQw4w9WgXcQ',
        canonicalUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      });
      expect(there).toBe(true);
      expect(existsSync(call?.workDir ?? '/')).toBe(false);
    });

    it('of one that cannot tell anything before it fetches, fetches something', async () => {
      const fetched = await test('savenow');
      expect(fetched).toMatchObject({ ok: true, media: { title: 'A video', width: 1280, height: 720 } });
      expect(paid.setups.at(-1)).toMatchObject({ name: 'savenow', apiKey: API_KEY });
      expect(paid.calls.map(({ link }) => link.mediaKey)).toEqual(['youtube:jNQXAC9IVRw']);
      await test('savenow', { url: LINK });
      expect(paid.calls.at(-1)?.link.mediaKey).toBe('youtube:dQw4w9WgXcQ');
    });

    it('waits for outside jobs itself', async () => {
      paid.answer = (call: ProviderCall) =>
        call.resume === null ? Promise.reject(new Waiting({ job: 7 }, 1)) : someVideo(call);
      expect(await test('savenow', { url: LINK })).toMatchObject({ ok: true });
      expect(paid.calls.map(({ resume }) => resume)).toEqual([null, { job: 7 }]);
    });

    it.each<[string, () => Error, object]>([
      ['a failure', () => new ProviderError('HTTP_429', 'Slow down'), { class: 'HARD_KILL', code: 'HTTP_429' }],
      ['a link that is nothing for it', () => new NotApplicable('A page'), { class: 'CONTENT', code: 'USER_URL' }],
      ['a fault', () => new Error('token=abcdef12345'), { class: 'PROVIDER_BUG', code: 'PROVIDER_BUG' }],
    ])('tells of %s', async (_, failure, error) => {
      local.facts = () => Promise.reject(failure());
      const answer = await test('yt-dlp', { url: LINK });
      expect(answer).toMatchObject({ ok: false, error });
      expect(JSON.stringify(answer)).not.toContain('abcdef12345');
    });

    it('tells why it is not ready, that its adapter is gone, and that its key cannot be opened', async () => {
      local.ready = { ready: false, reason: 'yt-dlp is not installed' };
      const config = { class: 'CONFIG', code: 'CONFIG' };
      expect(await test('yt-dlp')).toMatchObject({
        ok: false,
        error: { ...config, message: 'yt-dlp is not installed' },
      });
      expect(await test('cobalt')).toMatchObject({ ok: false, error: config });
      const spare = await world.ask<{ id: string }>('/providers', {
        json: { name: 'unreadable', providerType: 'api', adapter: 'savenow', apiKey: API_KEY },
      });
      ids.unreadable = spare.body.id;
      await world.database.query(`UPDATE download_providers SET api_key = 'v1.gone.AAAA' WHERE name = 'unreadable'`);
      expect(await test('unreadable')).toMatchObject({ ok: false, error: config });
      await world.ask(`/providers/${spare.body.id}`, { method: 'DELETE' });
    });

    it('wants a link where nothing is always there, and one that can be opened', async () => {
      const path = `/providers/${String(ids.direct)}/test`;
      expect(await world.ask(path, { json: {} })).toMatchObject({
        status: 422,
        body: { code: 'routing.test_url_required' },
      });
      const bad = { status: 422, body: { code: 'downloads.link_unsupported' } };
      expect(await world.ask(path, { json: { url: 'ftp://example.com/video.mp4' } })).toMatchObject(bad);
      expect(await test('direct', { url: 'https://example.com/video.mp4' })).toMatchObject({ ok: true });
      expect((await world.ask(path, { json: { url: 7 } })).body).toMatchObject({ errors: [{ field: 'url' }] });
    });

    it('goes through the gateway: a private address is refused', async () => {
      const trap = await startTrap(servers);
      files.facts = async ({ fetch, link }) => {
        await fetch.fetch(link.canonicalUrl);
        return someFacts;
      };
      const answer = await test('direct', { url: `http://127.0.0.1:${trap.port}/video.mp4` });
      expect(answer).toMatchObject({ ok: false, error: { code: 'USER_URL' } });
      expect(trap.visits()).toBe(0);
    });

    it('leaves through its own way out, the first that is in use', async () => {
      const origin = await servers.listen(createServer((_, response) => response.end('bytes')));
      const proxy = await startUpstreamProxy(servers, origin);
      await world.ask('/egress-endpoints', { json: { name: 'idle', url: 'http://127.0.0.1:1', isActive: false } });
      await world.ask('/egress-endpoints', { json: { name: 'berlin', url: `http://ann:pw@127.0.0.1:${proxy.port}` } });
      await patch('direct', { options: { egress: ['idle', 'berlin'] } });
      files.facts = async ({ fetch }) => {
        const { body } = await fetch.fetch('http://93.184.216.34/video.mp4');
        body.destroy();
        return someFacts;
      };
      expect(await test('direct', { url: 'https://example.com/v.mp4' })).toMatchObject({ ok: true });
      expect(files.calls[0]?.egress).toBe('berlin');
      expect(proxy.connects).toMatchObject([{ authority: '93.184.216.34:80' }]);
      await patch('direct', { options: { egress: ['idle'] } });
      const without = await test('direct', { url: 'https://example.com/v.mp4' });
      expect(without).toMatchObject({ ok: false, error: { class: 'EGRESS', code: 'EGRESS_DOWN' } });
      await patch('direct', { options: {} });
    });

    it('lets requests through again when it passes, and only then', async () => {
      await world.fail('savenow', 'CONFIG');
      expect(await circuits()).toContain('p:savenow');
      paid.answer = () => Promise.reject(new ProviderError('CONFIG', 'The key was refused'));
      expect(await test('savenow', { url: LINK })).toMatchObject({ ok: false });
      expect(await circuits()).toContain('p:savenow');
      paid.answer = someVideo;
      expect(await test('savenow', { url: LINK })).toMatchObject({ ok: true });
      expect(await circuits()).not.toContain('p:savenow');
      expect(await world.audit()).toMatchObject([{ action: 'provider.tested', subject: 'provider:savenow' }]);
    });

    it('does not know an unknown provider', async () => {
      expect((await world.ask(`/providers/${randomUUID()}/test`, { json: {} })).status).toBe(404);
    });
  });

  it('POST /providers/{id}/reset-cooldowns closes all circuits of that provider', async () => {
    await world.fail('yt-dlp', 'HTTP_403');
    await world.fail('savenow', 'HTTP_403');
    const answer = await world.ask(`/providers/${String(ids['yt-dlp'])}/reset-cooldowns`, { method: 'POST' });
    expect(answer).toMatchObject({ status: 204, text: '' });
    expect(await circuits()).toEqual(['p:savenow:youtube:long']);
    expect(await world.audit()).toMatchObject([
      { action: 'provider.cooldowns_reset', subject: 'provider:yt-dlp', after: { closed: ['p:yt-dlp:youtube:long'] } },
    ]);
    const unknown = await world.ask(`/providers/${randomUUID()}/reset-cooldowns`, { method: 'POST' });
    expect(unknown.status).toBe(404);
  });

  it('GET /providers/{id}/attempts lists what it has tried, the newest first', async () => {
    const requestId = await insertRequest(world.database);
    const newest = await insertAttempt(world.database, {
      requestId,
      startedAt: new Date('2026-11-20T12:00:00Z'),
      outcome: 'failed',
      errorClass: 'HARD_KILL',
      errorCode: 'HTTP_429',
      tries: [{ kind: 'first', egress: 'direct', errorCode: 'HTTP_429' }],
      costUsd: '0.0003',
    });
    const oldest = await insertAttempt(world.database, {
      requestId,
      startedAt: new Date('2026-11-19T12:00:00Z'),
      platform: 'tiktok',
    });
    await insertAttempt(world.database, { requestId, provider: 'other' });
    const list = async (query = '') =>
      (await world.ask<Page<AttemptDto>>(`/providers/${String(ids['yt-dlp'])}/attempts${query}`)).body;
    const all = await list();
    expect(all).toMatchObject({ total: 2, page: 1, pageSize: 20, items: [{ id: newest }, { id: oldest }] });
    expect(all.items[0]).toEqual({
      id: newest,
      requestId,
      provider: 'yt-dlp',
      egress: 'direct',
      platform: 'youtube',
      durationBucket: 'shorts',
      ruleId: null,
      reason: 'ok',
      startedAt: '2026-11-20T12:00:00.000Z',
      endedAt: '2026-11-20T12:00:05.000Z',
      outcome: 'failed',
      errorClass: 'HARD_KILL',
      errorCode: 'HTTP_429',
      message: null,
      tries: [{ kind: 'first', egress: 'direct', errorCode: 'HTTP_429' }],
      downloadHost: 'media.example.com',
      redirectChain: ['media.example.com'],
      ttfbMs: 120,
      downloadTimeMs: 5_000,
      fileSizeBytes: 3_000_000_000,
      downloadSpeedBytesPerSec: 600_000_000,
      costUsd: '0.0003',
    });
    const idsOf = async (query: string) => (await list(query)).items.map(({ id }) => id);
    expect(await idsOf('?outcome=failed')).toEqual([newest]);
    expect(await idsOf('?errorClass=HARD_KILL')).toEqual([newest]);
    expect(await idsOf('?errorClass=CONTENT')).toEqual([]);
    expect(await idsOf('?platform=tiktok')).toEqual([oldest]);
    expect(await idsOf('?from=2026-11-20T00:00:00Z')).toEqual([newest]);
    expect(await idsOf('?to=2026-11-20T12:00:00Z')).toEqual([oldest]);
    expect(await idsOf('?page=2&pageSize=1')).toEqual([oldest]);
    const refused = await world.ask(`/providers/${String(ids['yt-dlp'])}/attempts?outcome=good&from=yesterday`);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'outcome' }, { field: 'from' }] } });
    expect((await world.ask(`/providers/${randomUUID()}/attempts`)).status).toBe(404);
  });
});
