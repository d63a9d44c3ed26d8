import { randomUUID } from 'node:crypto';
import type { Page } from '../../../../platform/http-server/paging.js';
import { Router } from '../../routing/router.js';
import { operatorApi, type OperatorApi } from '../testing/operator-api.js';
import { ScriptedProvider } from '../testing/scripted-provider.js';
import type { RoutingRuleDto } from './routing-rule.dto.js';
import type { ExplainedRouteDto } from './rule-test.dto.js';

const LINK = 'https://youtu.be/dQw4w9WgXcQ?si=tracked';

describe('/api/v1/routing-rules', () => {
  let world: OperatorApi;
  const ask: OperatorApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await operatorApi(
      ['yt-dlp', 'direct'].map((name) => new ScriptedProvider(name, 'local')),
      { DOWNLOAD_DIRECT_ENABLED: 'false' },
    );
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('DELETE FROM routing_rules');
    await world.database.query('DELETE FROM audit_log');
  });

  const create = async (fields: object = {}) => {
    const json = { providerChain: ['yt-dlp'], ...fields };
    const { status, body } = await ask<RoutingRuleDto>('/routing-rules', { json });
    expect(status).toBe(201);
    return body;
  };
  const listed = async (query = '') => (await ask<Page<RoutingRuleDto>>(`/routing-rules${query}`)).body;

  it('is for admins alone', async () => {
    const id = randomUUID();
    for (const [method, path] of [
      ['GET', '/routing-rules'],
      ['POST', '/routing-rules'],
      ['PUT', '/routing-rules/order'],
      ['POST', '/routing-rules/test'],
      ['GET', `/routing-rules/${id}`],
      ['PATCH', `/routing-rules/${id}`],
      ['DELETE', `/routing-rules/${id}`],
    ] as const) {
      expect((await ask(path, { method, token: null })).status).toBe(401);
      expect((await ask(path, { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('adds a rule behind all others, with what is usual', async () => {
    await create({ priority: 7 });
    const created = await create({ platform: 'tiktok' });
    expect(created).toEqual({
      id: expect.any(String) as string,
      platform: 'tiktok',
      durationMinSec: null,
      durationMaxSec: null,
      fileSizeMaxMb: 2_000,
      providerChain: ['yt-dlp'],
      experiment: null,
      isActive: true,
      priority: 8,
      createdAt: expect.stringMatching(/Z$/) as string,
      updatedAt: expect.stringMatching(/Z$/) as string,
    });
    expect(await ask(`/routing-rules/${created.id}`)).toMatchObject({ status: 200, body: created });
  });

  it('changes what it is told, and writes it down', async () => {
    const { id } = await create({ platform: 'youtube', durationMinSec: 300, durationMaxSec: 1_800 });
    const experiment = { chain: ['direct', 'yt-dlp'], share: 0.5, isActive: false };
    const json = { platform: null, durationMaxSec: null, providerChain: ['direct', 'yt-dlp'], experiment };
    const { status, body } = await ask<RoutingRuleDto>(`/routing-rules/${id}`, { method: 'PATCH', json });
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...json, durationMinSec: 300, priority: 1 });
    const cleared = await ask<RoutingRuleDto>(`/routing-rules/${id}`, { method: 'PATCH', json: { experiment: null } });
    expect(cleared.body.experiment).toBeNull();
    expect(await ask(`/routing-rules/${id}`, { method: 'DELETE' })).toMatchObject({ status: 204 });
    const by = { actor: `user:${world.adminId}`, subject: `routing_rule:${id}` };
    expect(await world.audit()).toMatchObject([
      { ...by, action: 'routing_rule.created', before: null, after: { providerChain: ['yt-dlp'] } },
      { ...by, action: 'routing_rule.updated', before: { providerChain: ['yt-dlp'] }, after: { experiment } },
      { ...by, action: 'routing_rule.updated' },
      { ...by, action: 'routing_rule.deleted', after: null },
    ]);
  });

  it.each<[string, object, string]>([
    ['an unknown platform', { platform: 'myspace' }, 'platform'],
    ['a negative duration', { durationMinSec: -1 }, 'durationMinSec'],
    ['a chain that is no list', { providerChain: 'yt-dlp' }, 'providerChain'],
    ['a limit of 0', { fileSizeMaxMb: 0 }, 'fileSizeMaxMb'],
    ['a share above 1', { experiment: { chain: ['yt-dlp'], share: 2, isActive: true } }, 'experiment.share'],
    ['a list as experiment', { experiment: [] }, 'experiment'],
    ['a field that nobody knows', { colour: 'red' }, 'colour'],
    ['a zero byte in a chain', { providerChain: ['yt-dlp', 'a\0b'] }, 'providerChain.1'],
    ['a zero byte in an experiment', { experiment: { chain: ['\0'], share: 1, isActive: true } }, 'experiment.chain.0'],
  ])('refuses %s', async (_, fields, field) => {
    const { status, body } = await ask('/routing-rules', { json: { providerChain: ['yt-dlp'], ...fields } });
    expect(status).toBe(400);
    expect(new Set(body.errors?.map((error) => error.field))).toEqual(new Set([field]));
  });

  it.each<[string, object, string]>([
    ['an empty chain', { providerChain: [] }, 'routing.empty_chain'],
    ['an unknown provider', { providerChain: ['yt-dlp', 'magic'] }, 'routing.unknown_provider'],
    ['a provider twice', { providerChain: ['yt-dlp', 'direct', 'yt-dlp'] }, 'routing.repeated_provider'],
    ['min = max', { durationMinSec: 300, durationMaxSec: 300 }, 'routing.empty_duration_range'],
    ['min > max', { durationMinSec: 301, durationMaxSec: 300 }, 'routing.empty_duration_range'],
    [
      'an unknown provider in the experiment',
      { experiment: { chain: ['magic'], share: 0.5, isActive: false } },
      'routing.unknown_provider',
    ],
  ])('cannot be with %s, new or changed', async (_, fields, code) => {
    const refusal = { status: 422, body: { code } };
    expect(await ask('/routing-rules', { json: { providerChain: ['yt-dlp'], ...fields } })).toMatchObject(refusal);
    const rule = await create();
    expect(await ask(`/routing-rules/${rule.id}`, { method: 'PATCH', json: fields })).toMatchObject(refusal);
    expect((await ask(`/routing-rules/${rule.id}`)).body).toEqual(rule);
    expect(await world.audit()).toHaveLength(1);
  });

  it('looks at the whole range when one end of it is changed', async () => {
    const { id } = await create({ durationMinSec: 300 });
    const refused = await ask(`/routing-rules/${id}`, { method: 'PATCH', json: { durationMaxSec: 200 } });
    expect(refused).toMatchObject({ status: 422, body: { code: 'routing.empty_duration_range' } });
  });

  it('is put in order as a whole', async () => {
    const [a, b, c] = [await create(), await create(), await create()];
    const reorder = (ids: unknown[]) => ask('/routing-rules/order', { method: 'PUT', json: { ids } });
    expect(await reorder([c.id, a.id, b.id])).toMatchObject({ status: 204, text: '' });
    const { items } = await listed();
    expect(items.map(({ id, priority }) => [id, priority])).toEqual([
      [c.id, 1],
      [a.id, 2],
      [b.id, 3],
    ]);
    expect((await world.audit()).at(-1)).toMatchObject({
      action: 'routing_rules.ordered',
      before: { ids: [a.id, b.id, c.id] },
      after: { ids: [c.id, a.id, b.id] },
    });
    const refusal = { status: 422, body: { code: 'routing.incomplete_order' } };
    expect(await reorder([a.id, b.id])).toMatchObject(refusal);
    expect(await reorder([a.id, b.id, b.id])).toMatchObject(refusal);
    expect(await reorder([a.id, b.id, randomUUID()])).toMatchObject(refusal);
    expect(await reorder([a.id, b.id, c.id, randomUUID()])).toMatchObject(refusal);
    expect((await reorder(['first'])).body).toMatchObject({ code: 'request.invalid', errors: [{ field: 'ids' }] });
    expect((await listed()).items.map(({ id }) => id)).toEqual([c.id, a.id, b.id]);
  });

  it('lists by platform and state', async () => {
    await create({ platform: 'youtube' });
    const off = await create({ platform: 'tiktok', isActive: false });
    expect(await listed('?platform=tiktok')).toMatchObject({ total: 1, items: [{ id: off.id }] });
    expect(await listed('?isActive=false')).toMatchObject({ total: 1, items: [{ id: off.id }] });
    expect(await listed('?sort=-priority&pageSize=1')).toMatchObject({ total: 2, items: [{ id: off.id }] });
  });

  it('does not know an unknown one', async () => {
    const path = `/routing-rules/${randomUUID()}`;
    for (const call of [{}, { method: 'PATCH', json: { isActive: true } }, { method: 'DELETE' }]) {
      expect(await ask(path, call)).toMatchObject({ status: 404, body: { code: 'routing.rule_not_found' } });
    }
  });

  describe('POST /test', () => {
    /** What is said once the last change has been heard of. */
    const expectExplained = (json: object, expected: object) =>
      vi.waitFor(async () => {
        const { body } = await ask<ExplainedRouteDto>('/routing-rules/test', { json });
        expect(body).toMatchObject(expected);
      });

    it('says which way a link would take, and why not another', async () => {
      const rule = await create({ platform: 'youtube', durationMinSec: 1_800, providerChain: ['cobalt', 'yt-dlp'] });
      await create({ platform: 'youtube', providerChain: ['yt-dlp'] });
      await expectExplained(
        { url: LINK, durationSec: 3_600, fileSizeBytes: 1_000_000 },
        {
          platform: 'youtube',
          mediaKey: 'youtube:dQw4w9WgXcQ',
          canonicalUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
          durationSec: 3_600,
          bucket: 'long',
          ruleId: rule.id,
          outcome: 'route',
          chain: [
            { provider: 'cobalt', position: 1, verdict: 'skip', reason: 'inactive' },
            { provider: 'yt-dlp', position: 2, verdict: 'take', reason: 'ok' },
          ],
        },
      );
    });

    it('takes an unknown duration for medium, and says when no rule matches', async () => {
      await create({ platform: 'tiktok' });
      await expectExplained(
        { url: LINK },
        {
          durationSec: null,
          bucket: 'medium',
          ruleId: null,
          outcome: 'no_rule',
          chain: [],
        },
      );
    });

    it('tells of circuits until when they are open, and of a chain where nobody can', async () => {
      await create();
      await world.fail('yt-dlp', 'HTTP_403');
      await expectExplained(
        { url: LINK, durationSec: 3_600 },
        {
          outcome: 'soft_fail',
          chain: [{ reason: 'circuit_open', until: expect.stringMatching(/Z$/) as string }],
        },
      );
      await expectExplained({ url: LINK, durationSec: 10 }, { outcome: 'route' });
    });

    it('refuses what is no link, one that cannot be opened, and odd numbers', async () => {
      const bad = { status: 422, body: { code: 'downloads.link_unsupported' } };
      for (const url of ['no link', 'https://example.com/video.mp4', 'ftp://youtube.com/watch?v=dQw4w9WgXcQ']) {
        expect(await ask('/routing-rules/test', { json: { url } })).toMatchObject(bad);
      }
      const odd = await ask('/routing-rules/test', { json: { url: LINK, durationSec: -1, fileSizeBytes: 1.5 } });
      expect(odd.body).toMatchObject({ errors: [{ field: 'durationSec' }, { field: 'fileSizeBytes' }] });
    });
  });

  it('is followed at once after a change', async () => {
    const router = world.api.app.get(Router, { strict: false });
    const chainNow = async () => {
      const { chain } = await router.explain({ platform: 'youtube', durationSec: 10 });
      return chain.map(({ provider }) => provider);
    };
    const { id } = await create({ providerChain: ['yt-dlp'] });
    await vi.waitFor(async () => expect(await chainNow()).toEqual(['yt-dlp']), { timeout: 1_500, interval: 20 });
    await ask(`/routing-rules/${id}`, { method: 'PATCH', json: { providerChain: ['direct'] } });
    // The memory of the table alone would last longer.
    await vi.waitFor(async () => expect(await chainNow()).toEqual(['direct']), { timeout: 1_500, interval: 20 });
  });
});
