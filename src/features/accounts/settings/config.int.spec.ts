import { TypeOrmModule } from '@nestjs/typeorm';
import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import type { Account } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import type { Problem } from '../../../platform/errors/problem.js';
import { startApi, type Call, type TestApi } from '../../../platform/http-server/testing/start-api.js';
import { makeUser } from '../testing/make-user.js';
import { User } from '../users/user.entity.js';
import { CONFIG_DEFAULTS, type ConfigDocument } from './config-document.js';
import { SettingsModule } from './settings.module.js';
import { UserConfigs } from './user-configs.js';

const PATH = '/api/v1/users/me/config';

interface Answer<Body> {
  status: number;
  body: Body;
}

describe('/api/v1/users/me/config', () => {
  let stores: TestStores;
  let api: TestApi;
  let ada: Account;

  beforeAll(async () => {
    stores = await testStores();
    api = await startApi({ stores, imports: [SettingsModule, TypeOrmModule.forFeature([User])] });
  });
  afterAll(async () => {
    await api.close();
    await stores.close();
  });
  beforeEach(async () => {
    ada = await makeUser(api.app.get(Database));
  });

  const ask = async <Body = ConfigDocument>(path = '', call: Call = {}, account = ada): Promise<Answer<Body>> => {
    const { token } = await api.app.get(AccessTokens).issue(account);
    const response = await api.call(`${PATH}${path}`, { ...call, token });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const patch = <Body = ConfigDocument>(json: object): Promise<Answer<Body>> =>
    ask<Body>('', { method: 'PATCH', json });
  const rows = () => api.app.get(Database).query('SELECT 1 FROM user_configs WHERE user_id = $1', [ada.id]);

  it('is the defaults for whoever has said nothing, with a row and without', async () => {
    expect(await ask()).toEqual({ status: 200, body: CONFIG_DEFAULTS });
    expect(await rows()).toHaveLength(0);
    await api.app.get(UserConfigs).createFor(ada.id);
    expect(await rows()).toHaveLength(1);
    expect(await ask()).toEqual({ status: 200, body: CONFIG_DEFAULTS });
  });

  it('merges deeply, and null goes back to the default', async () => {
    const { body } = await patch({ processing: { silenceThresholdDb: -45.5 }, metadata: { tags: ['лекция'] } });
    expect(body.processing).toEqual({ ...CONFIG_DEFAULTS.processing, silenceThresholdDb: -45.5 });
    await patch({ processing: { minSilenceSec: 4 }, platforms: { vk_video: { groupId: 42 } } });
    const expected = {
      ...CONFIG_DEFAULTS,
      processing: { ...CONFIG_DEFAULTS.processing, silenceThresholdDb: -45.5, minSilenceSec: 4 },
      metadata: { ...CONFIG_DEFAULTS.metadata, tags: ['лекция'] },
      platforms: { ...CONFIG_DEFAULTS.platforms, vk_video: { ...CONFIG_DEFAULTS.platforms.vk_video, groupId: 42 } },
    };
    expect((await ask()).body).toEqual(expected);
    const back = await ask('', {
      method: 'PUT',
      json: { processing: { minSilenceSec: null }, metadata: null, platforms: { vk_video: { groupId: null } } },
    });
    expect(back.body).toEqual({
      ...CONFIG_DEFAULTS,
      processing: { ...CONFIG_DEFAULTS.processing, silenceThresholdDb: -45.5 },
    });
  });

  it.each<[string, object]>([
    ['processing.silenceThresholdDb', { processing: { silenceThresholdDb: -91 } }],
    ['processing.silenceThresholdDb', { processing: { silenceThresholdDb: '-40' } }],
    ['processing.minSilenceSec', { processing: { minSilenceSec: 1e308 } }],
    ['processing.autoProcess', { processing: { autoProcess: { $ne: 1 } } }],
    ['transcription.granularity', { transcription: { granularity: 'medium' } }],
    ['transcription.subtitleFormats', { transcription: { subtitleFormats: ['srt', 'srt'] } }],
    ['transcription.subtitleFormats', { transcription: { subtitleFormats: 'srt' } }],
    ['transcription.language', { transcription: { language: 'English' } }],
    ['download.keepFilesDays', { download: { keepFilesDays: 0 } }],
    ['download.minDurationSec', { download: { minDurationSec: 1.5 } }],
    ['metadata.titleTemplate', { metadata: { titleTemplate: '{display_name} {nmae}' } }],
    ['metadata.titleTemplate', { metadata: { titleTemplate: '' } }],
    ['metadata.descriptionTemplate', { metadata: { descriptionTemplate: 'zero \0 byte' } }],
    ['metadata.dateFormat', { metadata: { dateFormat: 'half of \ud83d' } }],
    ['metadata.tags.0', { metadata: { tags: ['half of \ud83d'] } }],
    ['metadata.tags.1', { metadata: { tags: ['fine', 'zero \0 byte'] } }],
    ['metadata.tags', { metadata: { tags: [['nested']] } }],
    ['metadata.tags', { metadata: { tags: Array.from({ length: 51 }, (_, i) => `tag ${i}`) } }],
    ['platforms.youtube.privacy', { platforms: { youtube: { privacy: 'secret' } } }],
    ['platforms.youtube.playlistId', { platforms: { youtube: { playlistId: 'a/b' } } }],
    ['platforms.vk_video.groupId', { platforms: { vk_video: { groupId: 2 ** 31 } } }],
    ['platforms.rutube', { platforms: { rutube: {} } }],
    ['extra', { extra: 1 }],
  ])('refuses %s when it does not fit, and changes nothing', async (field, json) => {
    await patch({ upload: { autoUpload: true } });
    const { status, body } = await patch<Problem>({ ...json, upload: { requireApproval: true } });
    expect(status).toBe(400);
    expect(body.code).toBe('request.invalid');
    expect(new Set(body.errors?.map((problem) => problem.field))).toEqual(new Set([field]));
    expect((await ask()).body).toEqual({ ...CONFIG_DEFAULTS, upload: { autoUpload: true, requireApproval: false } });
  });

  it('refuses what is no object, and what would reach prototypes', async () => {
    const raw = (body: string) =>
      ask<Problem>('', { method: 'PATCH', body, headers: { 'content-type': 'application/json' } });
    for (const body of ['[]', '[{}]', '{"__proto__": {"a": 1}}', '{"constructor": {"prototype": {"a": 1}}}']) {
      expect((await raw(body)).body.code).toBe('request.invalid');
    }
    for (const body of ['"text"', 'null', '{']) expect((await raw(body)).status).toBe(400);
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  it('keeps all of changes that come at once', async () => {
    const changes = [
      { processing: { minSilenceSec: 7 } },
      { processing: { autoProcess: true } },
      { processing: { warnCutPercent: 9 } },
      { upload: { autoUpload: true } },
      { metadata: { titleTemplate: '{date}' } },
      { platforms: { youtube: { privacy: 'public' } } },
      { platforms: { youtube: { license: 'creativeCommon' } } },
      { platforms: { vk_video: { repeat: true } } },
    ];
    const answers = await Promise.all(changes.map((json) => patch(json)));
    expect(answers.map(({ status }) => status)).toEqual(changes.map(() => 200));
    const { body } = await ask<Record<string, { source: string }>>('/explain');
    const chosen = Object.keys(body).filter((path) => body[path]?.source === 'user');
    expect(chosen).toHaveLength(changes.length);
  });

  it('goes back to the defaults, a section or all', async () => {
    await patch({ upload: { autoUpload: true }, download: { allowSkipped: true }, metadata: { tags: ['a'] } });
    const part = await ask('/reset', { json: { section: 'upload' } });
    expect(part.status).toBe(200);
    expect(part.body).toMatchObject({ upload: CONFIG_DEFAULTS.upload, download: { allowSkipped: true } });
    expect((await ask('/reset', { json: { section: 'toString' } })).status).toBe(400);
    expect((await ask('/reset', { json: { section: null } })).status).toBe(400);
    expect((await ask('/reset', { json: [] })).status).toBe(400);
    expect(await ask('/reset', { method: 'POST' })).toEqual({ status: 200, body: CONFIG_DEFAULTS });
    expect((await ask()).body).toEqual(CONFIG_DEFAULTS);
  });

  it('explains where each setting comes from', async () => {
    await patch({ processing: { minSilenceSec: 2 } });
    const { body } = await ask<Record<string, unknown>>('/explain');
    expect(body['processing.minSilenceSec']).toEqual({ value: 2, source: 'user' });
    expect(body['platforms.youtube.playlistId']).toEqual({ value: null, source: 'default' });
  });

  it("is each user's own, and nobody's once he is gone", async () => {
    const bob = await makeUser(api.app.get(Database));
    await patch({ upload: { autoUpload: true } });
    expect((await ask('', {}, bob)).body).toEqual(CONFIG_DEFAULTS);
    await api.app.get(Database).query('DELETE FROM users WHERE id = $1', [ada.id]);
    expect(await rows()).toHaveLength(0);
    expect((await patch({ upload: { autoUpload: true } })).status).toBe(401);
    expect((await api.call(PATH)).status).toBe(401);
  });

  it('documents every field with its default', async () => {
    const document = (await (await api.call('/docs-json')).json()) as {
      paths: Record<string, Record<string, { deprecated?: boolean }>>;
      components: {
        schemas: Record<string, { properties: Record<string, { default?: unknown; nullable?: boolean }> }>;
      };
    };
    const { schemas } = document.components;
    expect(schemas.ProcessingConfigDto?.properties.silenceThresholdDb).toMatchObject({ default: -40, minimum: -90 });
    expect(schemas.ProcessingConfigPatchDto?.properties.silenceThresholdDb).toMatchObject({ nullable: true });
    for (const [section, fields] of Object.entries({ ...CONFIG_DEFAULTS, ...CONFIG_DEFAULTS.platforms })) {
      if (section === 'platforms') continue;
      const name = Object.keys(schemas).find(
        (schema) => schema.toLowerCase() === `${section.replace('_', '')}configdto`,
      );
      const properties = schemas[name ?? '']?.properties ?? {};
      expect(Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, value.default]))).toEqual(
        fields,
      );
    }
    expect(document.paths[PATH]?.put?.deprecated).toBe(true);
  });
});
