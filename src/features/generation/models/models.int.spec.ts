import { AlertActions } from '../../ops/index.js';
import { clearKeys, keysWorld, startKeys } from '../keys/testing/keys-world.js';
import { Models } from './models.js';
import type { GenerationModelsDto } from './operator/model.dto.js';

const SEEDANCE = 'bytedance/seedance-2';
const SORA = 'sora-2-image-to-video';

describe('models', () => {
  let world: Awaited<ReturnType<typeof keysWorld>>;
  let models: Models;

  beforeAll(async () => {
    world = await keysWorld();
    models = world.api.app.get(Models, { strict: false });
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await clearKeys(world.database);
    world.frontend.notes.length = 0;
  });

  const picked = async (slug: string | null) => (await models.pick(slug))?.slug ?? null;
  const audit = () => world.database.query<object>('SELECT actor, action, subject FROM audit_log ORDER BY at');

  it('the first one of KIE_MODELS is taken, unless another live one is asked for', async () => {
    expect(await picked(null)).toBe(SEEDANCE);
    expect(await picked(SORA)).toBe(SORA);
    expect(await picked('unknown')).toBe(SEEDANCE);
    expect(models.get('unknown')).toBeUndefined();
  });

  it('one that KIE has paused is passed over, and the operator can turn it on again', async () => {
    await models.pause(SEEDANCE, 'This interface is temporarily paused');
    await models.pause(SEEDANCE, 'Still');
    expect([await picked(null), await picked(SEEDANCE), models.get(SEEDANCE)?.slug]).toEqual([SORA, SORA, SEEDANCE]);
    expect(world.frontend.notes).toEqual([`told generation_model_paused ${SEEDANCE} 1`]);
    await models.pause(SORA, 'Gone');
    expect(await picked(null)).toBeNull();
    const [alert] = await world.database.query<{ id: string }>('SELECT id FROM alerts WHERE subject = $1', [SEEDANCE]);
    const actions = world.api.app.get(AlertActions);
    const presser = { actor: 'telegram:7', name: 'Ada' };
    expect(await actions.press(Number(alert?.id), 'generation.resume_model', presser)).toBe('done');
    expect(await picked(null)).toBe(SEEDANCE);
    expect(world.frontend.notes.at(-1)).toBe(`resolved generation_model_paused ${SEEDANCE} 1`);
    expect(await audit()).toMatchObject([
      { actor: 'telegram:7', action: 'generation_model.resumed', subject: `generation_model:${SEEDANCE}` },
      { action: 'generation.resume_model' },
    ]);
  });

  it('those that KIE_MODELS does not name are known, but not taken', async () => {
    const other = await startKeys(world.stores, { KIE_MODELS: `${SORA},unknown` });
    try {
      const those = other.api.app.get(Models, { strict: false });
      expect((await those.pick(SEEDANCE))?.slug).toBe(SORA);
      expect(those.get(SEEDANCE)?.title).toBe('Seedance 2');
    } finally {
      await other.api.close();
    }
  });

  describe('/api/v1/generation/models', () => {
    it('is for admins alone', async () => {
      for (const [method, path] of [
        ['GET', '/models'],
        ['POST', '/models/pause'],
        ['POST', '/models/resume'],
      ] as const) {
        expect((await world.ask(path, { method, token: null })).status).toBe(401);
        expect((await world.ask(path, { method, token: world.userToken })).status).toBe(403);
      }
    });

    it('lists them as they are preferred, pauses and resumes one without an alert', async () => {
      const list = await world.ask<GenerationModelsDto>('/models');
      expect(list.body.items.map(({ slug, isPaused }) => [slug, isPaused])).toEqual([
        [SEEDANCE, false],
        [SORA, false],
      ]);
      const paused = await world.ask('/models/pause', { json: { slug: SEEDANCE, reason: 'It blurs labels' } });
      expect(paused).toMatchObject({ status: 200, body: { isPaused: true, pauseReason: 'It blurs labels' } });
      await world.ask('/models/pause', { json: { slug: SEEDANCE } });
      expect(await picked(null)).toBe(SORA);
      const resumed = await world.ask('/models/resume', { json: { slug: SEEDANCE } });
      expect(resumed).toMatchObject({ status: 200, body: { isPaused: false, pauseReason: null, pausedAt: null } });
      expect(await picked(null)).toBe(SEEDANCE);
      expect(world.frontend.notes).toEqual([]);
      const actor = `user:${world.adminId}`;
      expect(await audit()).toMatchObject([
        { actor, action: 'generation_model.paused' },
        { actor, action: 'generation_model.resumed' },
      ]);
    });

    it('does not know what is not in KIE_MODELS', async () => {
      for (const path of ['/models/pause', '/models/resume']) {
        expect(await world.ask(path, { json: { slug: 'unknown' } })).toMatchObject({
          status: 404,
          body: { code: 'generation.model_not_found' },
        });
        expect((await world.ask(path, { json: {} })).status).toBe(400);
      }
    });
  });
});
