import { randomUUID } from 'node:crypto';
import type { Page } from '../../../../platform/http-server/paging.js';
import { promptsApi, type PromptsApi } from '../testing/prompts-api.js';
import type { TemplateDto, TemplatePreviewDto } from './template.dto.js';

const BODY = 'Write about {{product}} as {{wishes}} asks.';
const FALLBACK = 'A video of this: {{product}}\nAs wished: {{wishes}}';

describe('/api/v1/generation/templates', () => {
  let world: PromptsApi;
  const ask: PromptsApi['ask'] = (path, call) => world.ask(path, call);

  beforeAll(async () => {
    world = await promptsApi();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('DELETE FROM generation_templates');
    await world.database.query('DELETE FROM audit_log');
  });

  const post = (fields: object = {}) => {
    const json = { name: 'ugc-own', kind: 'ugc', body: BODY, fallback: FALLBACK, ...fields };
    return ask<TemplateDto>('/generation/templates', { json });
  };
  const create = async (fields: object = {}) => {
    const { status, body } = await post(fields);
    expect(status).toBe(201);
    return body;
  };
  const patch = (id: string, json: object) =>
    ask<TemplateDto>(`/generation/templates/${id}`, { method: 'PATCH', json });
  const listed = async (query = '') => (await ask<Page<TemplateDto>>(`/generation/templates${query}`)).body;

  it('is for admins alone', async () => {
    const id = randomUUID();
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', `/${id}`],
      ['PATCH', `/${id}`],
      ['POST', `/${id}/preview`],
    ] as const) {
      expect((await ask(`/generation/templates${path}`, { method, token: null })).status).toBe(401);
      expect((await ask(`/generation/templates${path}`, { method, token: world.userToken })).status).toBe(403);
    }
  });

  it('writes the first version of a name, active and with what is usual', async () => {
    const created = await create();
    expect(created).toEqual({
      id: expect.any(String) as string,
      name: 'ugc-own',
      kind: 'ugc',
      version: 1,
      body: BODY,
      fallback: FALLBACK,
      isActive: true,
      weight: 1,
      model: null,
      source: 'operator',
      createdAt: expect.stringMatching(/Z$/) as string,
    });
    expect((await ask(`/generation/templates/${created.id}`)).body).toEqual(created);
  });

  it('writes the next version, which takes the place of the one before unless it is not to', async () => {
    const first = await create();
    const second = await create({ weight: 5, model: 'a/model' });
    const third = await create({ isActive: false });
    expect([second.version, third.version]).toEqual([2, 3]);
    const { items } = await listed('?name=ugc-own');
    expect(items.map(({ version, isActive }) => [version, isActive])).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ]);
    expect(items[2]).toEqual(Object.assign(first, { isActive: false }));
  });

  it('lists what is asked for', async () => {
    await create();
    await create();
    await create({ name: 'ad-own', kind: 'ad' });
    const namesOf = async (query: string) =>
      (await listed(query)).items.map(({ name, version }) => `${name} ${version}`);
    expect(await namesOf('')).toEqual(['ad-own 1', 'ugc-own 2', 'ugc-own 1']);
    expect(await namesOf('?kind=ad')).toEqual(['ad-own 1']);
    expect(await namesOf('?isActive=true')).toEqual(['ad-own 1', 'ugc-own 2']);
    expect(await namesOf('?isActive=false')).toEqual(['ugc-own 1']);
    expect(await listed('?page=2&pageSize=2')).toMatchObject({ total: 3, page: 2, items: [{ version: 1 }] });
    expect((await ask('/generation/templates?kind=own')).status).toBe(400);
  });

  it('switches versions, weights and models, and changes nothing when nothing is told', async () => {
    const [first, second] = [await create(), await create({ model: 'a/model' })];
    expect((await patch(first.id, { isActive: true, weight: 0 })).body).toMatchObject({ isActive: true, weight: 0 });
    expect((await listed('?isActive=true')).items).toMatchObject([{ id: first.id }]);
    const left = Object.assign(second, { isActive: false });
    expect(await patch(second.id, {})).toMatchObject({ status: 200, body: left });
    expect((await patch(second.id, { model: null })).body).toEqual(Object.assign(left, { model: null }));
    expect((await patch(first.id, { isActive: false })).body).toMatchObject({ isActive: false });
    expect((await listed('?isActive=true')).total).toBe(0);
  });

  it('keeps one active version of a name and no gap, however many are written at once', async () => {
    const first = await create();
    const answers = await Promise.all([
      ...Array.from({ length: 8 }, () => post()),
      ...Array.from({ length: 4 }, () => patch(first.id, { isActive: true })),
    ]);
    expect(answers.every(({ status }) => status < 300)).toBe(true);
    const { items } = await listed();
    expect(items.map(({ version }) => version)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(items.filter(({ isActive }) => isActive)).toHaveLength(1);
  });

  it.each<[string, object, number, string]>([
    ['an unknown variable', { body: 'For {{price}}' }, 422, 'generation.template_invalid'],
    ['a fallback without the product', { fallback: '{{wishes}}' }, 422, 'generation.template_invalid'],
    ['a text of spaces', { body: '   ' }, 422, 'generation.template_invalid'],
    ['a model that nobody knows', { model: 'a/guess' }, 422, 'generation.unknown_model'],
    ['a name that is none', { name: 'Own UGC' }, 400, 'request.invalid'],
    ['an endless text', { body: 'x'.repeat(8_001) }, 400, 'request.invalid'],
    ['a kind without templates', { kind: 'own' }, 400, 'request.invalid'],
    ['half a weight', { weight: 0.5 }, 400, 'request.invalid'],
    ['a version of his own counting', { version: 7 }, 400, 'request.invalid'],
  ])('refuses %s', async (_, fields, status, code) => {
    expect(await post(fields)).toMatchObject({ status, body: { code } });
    expect((await listed()).total).toBe(0);
  });

  it('refuses another kind for a name, unknown models and unknown ids', async () => {
    const { id } = await create();
    expect(await post({ kind: 'ad' })).toMatchObject({
      status: 409,
      body: { code: 'generation.template_kind_differs' },
    });
    expect(await patch(id, { model: 'a/guess' })).toMatchObject({ status: 422 });
    expect((await patch(id, { isActive: null })).status).toBe(400);
    expect((await patch(id, { body: 'other words' })).status).toBe(400);
    const gone = { status: 404, body: { code: 'generation.template_not_found' } };
    expect(await ask(`/generation/templates/${randomUUID()}`)).toMatchObject(gone);
    expect(await patch(randomUUID(), { weight: 2 })).toMatchObject(gone);
    expect(await ask(`/generation/templates/${randomUUID()}/preview`, { json: { product: 'x' } })).toMatchObject(gone);
  });

  it('shows what the LLM would be sent, and what is taken without it', async () => {
    const { id } = await create();
    const preview = (json: object) => ask<TemplatePreviewDto>(`/generation/templates/${id}/preview`, { json });
    const { status, body } = await preview({ product: 'A red mug', wishes: 'by a lake' });
    expect(status).toBe(200);
    expect(body).toEqual({
      messages: [
        { role: 'system', content: expect.stringMatching(/^Write about <product> as <wishes> asks\.\n/) as string },
        { role: 'user', content: '<product>\nA red mug\n</product>\n\n<wishes>\nby a lake\n</wishes>' },
      ],
      fallback: 'A video of this: A red mug\nAs wished: by a lake',
    });
    expect((await preview({ product: 'A red mug' })).body.fallback).toBe('A video of this: A red mug');
    expect((await preview({ product: '' })).status).toBe(400);
  });

  it('writes down who has changed what', async () => {
    const { id } = await create();
    await patch(id, { weight: 3 });
    const rows = await world.database.query('SELECT actor, action, subject, before, after FROM audit_log ORDER BY at');
    const actor = `user:${world.adminId}`;
    const subject = 'generation_template:ugc-own:1';
    expect(rows).toMatchObject([
      { actor, subject, action: 'generation_template.created', before: null, after: { weight: 1, body: BODY } },
      { actor, subject, action: 'generation_template.updated', before: { weight: 1 }, after: { weight: 3 } },
    ]);
  });
});
