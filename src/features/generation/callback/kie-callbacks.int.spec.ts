import { createHmac } from 'node:crypto';
import { Jobs } from '../../../platform/queue/jobs.js';
import { lookJob, submitJob } from '../generation.jobs.js';
import { providerSteps, useProvider, type ProviderSteps } from '../flow/testing/provider-steps.js';
import type { GenerationNode, GenerationWorld } from '../testing/generation-world.js';
import { kieError } from '../testing/scripted-kie.js';
import { KieCallbacks } from './kie-callbacks.js';
import type { WebhookSignature } from './webhook-signature.js';

const UNSIGNED: WebhookSignature = { timestamp: undefined, signature: undefined };
const HMAC_KEY = 'key of the settings';

describe('a callback', () => {
  let world: GenerationWorld;
  let node: GenerationNode;
  let steps: ProviderSteps;
  const provider = useProvider();
  beforeAll(() => {
    ({ world, node, steps } = provider());
  });
  beforeEach(() => {
    world.kie.onLook = (taskId) => world.kie.record(taskId, { state: 'working', progress: 50 });
  });

  const addressOf = (call = world.kie.created.length) =>
    world.kie.created[call - 1]?.callBackUrl.split('/').at(-1) ?? '';
  const bodyOf = (taskId: string | null | undefined) => ({ code: 200, data: { taskId, state: 'success' } });
  const call = (address: string, taskId: string | null | undefined, signature = UNSIGNED, on = node) =>
    on.app.get(KieCallbacks, { strict: false }).take(address, bodyOf(taskId), signature);
  /** All that a callback could change. */
  const all = async () =>
    JSON.stringify([
      await steps.database.query('SELECT * FROM generation_jobs ORDER BY id'),
      await steps.database.query('SELECT * FROM generation_submissions ORDER BY id'),
      await steps.database.query('SELECT * FROM generation_keys ORDER BY id'),
      await steps.database.query('SELECT * FROM credit_entries ORDER BY seq'),
    ]);
  const isWoken = async (id: string, name = lookJob.name) => {
    const waiting = await node.app.get(Jobs).queue(name).getWaiting();
    const { run } = await steps.get(id);
    return waiting.some(({ data }) => {
      const step = data as { generationJobId: string; run: number };
      return step.generationJobId === id && step.run === run;
    });
  };

  it('wakes a look, and is believed in nothing', async () => {
    const { id, providerTaskId } = await steps.generating();
    expect(await isWoken(id)).toBe(false);
    expect(await call(addressOf(), providerTaskId)).toBe(true);
    expect(await isWoken(id)).toBe(true);
    expect(await steps.look(id)).toMatchObject({ status: 'generating', resultUrl: null });
    expect(await steps.states(id)).toEqual(['accepted']);
  });

  it('that comes while somebody looks has the task looked at again at once', async () => {
    const { id, providerTaskId } = await steps.generating();
    world.kie.onLook = async (taskId) => {
      await call(addressOf(), providerTaskId);
      return world.kie.record(taskId, { state: 'working', progress: 99 });
    };
    await steps.look(id);
    expect(await isWoken(id)).toBe(true);
  });

  it('that is faster than the answer of createTask is noted, and the first look comes at once', async () => {
    const { id } = await steps.job();
    let taken: boolean | undefined;
    world.kie.onCreate = async () => {
      const answer = world.kie.accept();
      if (answer.ok) taken = await call(addressOf(), answer.value.taskId);
      return answer;
    };
    expect((await steps.submit(id)).status).toBe('generating');
    expect([taken, await isWoken(id)]).toEqual([true, true]);
    expect((await steps.submissions(id))[0]).toMatchObject({ state: 'accepted', hintedTaskId: null });
  });

  it('repeated and late ones change nothing', async () => {
    const { id, providerTaskId } = await steps.generating();
    await call(addressOf(), providerTaskId);
    await call(addressOf(), providerTaskId);
    world.kie.onLook = (taskId) => world.kie.success(taskId);
    expect((await steps.look(id)).status).toBe('delivering');
    const before = await all();
    for (let n = 0; n < 3; n += 1) expect(await call(addressOf(), providerTaskId)).toBe(true);
    expect(await all()).toBe(before);
    expect(await steps.inFlight()).toBe(0);
  });

  describe('that is forged changes nothing', () => {
    const tamper = (address: string) => address.slice(0, -1) + (address.endsWith('A') ? 'B' : 'A');

    it.each([
      ['a wrong token', () => tamper(addressOf())],
      ['the token of another attempt', () => addressOf().replace('.1.', '.2.')],
      ['the token of another job', () => addressOf(1).slice(0, 36) + addressOf(2).slice(36)],
      ['no token', () => addressOf().slice(0, 38)],
      ['nonsense', () => '../../etc/passwd'],
    ])('with %s', async (_what, address) => {
      await steps.generating();
      const { providerTaskId } = await steps.generating();
      const before = await all();
      expect(await call(address(), providerTaskId)).toBe(false);
      expect(await all()).toBe(before);
    });

    it('with the right token and another task', async () => {
      const foreign = await steps.generating();
      await steps.generating();
      const before = await all();
      for (const taskId of ['task_of_nobody', foreign.providerTaskId, '', null, undefined]) {
        expect(await call(addressOf(), taskId)).toBe(false);
      }
      expect(await all()).toBe(before);
    });
  });

  describe('with a key for signatures', () => {
    let signing: GenerationNode;
    beforeAll(async () => {
      signing = await world.start({ KIE_WEBHOOK_HMAC_KEY: HMAC_KEY });
    });
    const sign = (taskId: string, ageSec = 0, key = HMAC_KEY): WebhookSignature => {
      const timestamp = String(Math.floor(Date.now() / 1_000) - ageSec);
      return { timestamp, signature: createHmac('sha256', key).update(`${taskId}.${timestamp}`).digest('base64') };
    };

    it('is taken when it is signed, and forged otherwise', async () => {
      const taskId = String((await steps.generating()).providerTaskId);
      const before = await all();
      for (const signature of [
        UNSIGNED,
        sign('another'),
        sign(taskId, 400),
        sign(taskId, -400),
        sign(taskId, 0, 'x'),
      ]) {
        expect(await call(addressOf(), taskId, signature, signing)).toBe(false);
      }
      expect(await all()).toBe(before);
      expect(await call(addressOf(), taskId, sign(taskId), signing)).toBe(true);
    });
  });

  describe('of a call without an answer', () => {
    const unanswered = async () => {
      world.kie.onCreate = () => ({ ok: false, unanswered: true, error: kieError({ code: 'TIMEOUT' }) });
      const { id } = await steps.job();
      await steps.submit(id);
      world.kie.onCreate = () => world.kie.accept();
      return id;
    };
    /** What the provider has made after all. */
    const made = (taskId: string) => {
      const [created] = world.kie.created;
      if (created) created.taskId = taskId;
    };

    it('brings its task back: no second one is paid for', async () => {
      const id = await unanswered();
      made(`late-1-${id}`);
      expect(await call(addressOf(), `late-1-${id}`)).toBe(true);
      expect(await isWoken(id, submitJob.name)).toBe(true);
      const job = await steps.submit(id);
      expect(job).toMatchObject({ status: 'generating', providerTaskId: `late-1-${id}`, attempts: 1 });
      world.kie.onLook = (taskId) => world.kie.success(taskId);
      expect((await steps.look(id)).status).toBe('delivering');
      expect([world.kie.created.length, await steps.states(id), await steps.inFlight()]).toEqual([1, ['succeeded'], 0]);
    });

    it('is believed by what the provider says of the task alone', async () => {
      const id = await unanswered();
      const foreign = await steps.generating();
      const own = world.kie.created[0];
      const [model, callBackUrl] = [own?.model ?? '', own?.callBackUrl ?? ''];
      const tells = (record: { model: string | null; callBackUrl: string | null }) => {
        world.kie.onLook = (taskId) => ({
          ok: true,
          value: { taskId, ...record, result: { state: 'working', progress: null } },
        });
      };
      expect(await call(addressOf(1), foreign.providerTaskId)).toBe(false);
      const refused = [
        { model, callBackUrl: `${callBackUrl}x` },
        { model, callBackUrl: world.kie.created[1]?.callBackUrl ?? '' },
        { model, callBackUrl: 'https://elsewhere.example/hook' },
        { model: 'another/model', callBackUrl: null },
        { model: null, callBackUrl: null },
      ];
      for (const [n, record] of refused.entries()) {
        tells(record);
        expect(await call(addressOf(1), `hint-${n}-${id}`)).toBe(true);
        expect(await steps.submit(id)).toMatchObject({ status: 'submitting', attempts: 1 });
        expect((await steps.submissions(id))[0]).toMatchObject({ state: 'unanswered', hintedTaskId: null });
      }
      tells({ model, callBackUrl: null });
      await call(addressOf(1), `mine-${id}`);
      expect(await steps.submit(id)).toMatchObject({ status: 'generating', providerTaskId: `mine-${id}` });
    });

    it('is asked after again while the provider is not reached, without a second call', async () => {
      const id = await unanswered();
      await steps.age(id, 59);
      world.kie.onLook = () => ({ ok: false, error: kieError({ code: 'NETWORK' }) });
      await call(addressOf(), `late-2-${id}`);
      await steps.age(id, 30);
      expect(await steps.submit(id)).toMatchObject({ status: 'submitting', attempts: 1 });
      expect(world.kie.created).toHaveLength(1);
      await steps.age(id, 31);
      expect(await steps.submit(id)).toMatchObject({ status: 'queued', attempts: 1 });
    });

    it('is a loss when the job is over', async () => {
      const id = await unanswered();
      await steps.age(id, 61);
      await steps.submit(id);
      await steps.submit(id);
      world.kie.onLook = (taskId) => world.kie.success(taskId);
      await steps.look(id);
      expect(await steps.states(id)).toEqual(['lost', 'succeeded']);
      const first = (await steps.submissions(id))[0];
      expect(await call(addressOf(1), `late-3-${id}`)).toBe(true);
      const after = (await steps.submissions(id))[0];
      expect(after?.calledBackAt).toBeInstanceOf(Date);
      expect(after).toEqual(Object.assign({}, first, { calledBackAt: after?.calledBackAt }));
      expect((await steps.get(id)).status).toBe('delivering');
      const before = await all();
      await call(addressOf(1), `late-3-${id}`);
      await call(addressOf(1), `late-4-${id}`);
      expect(await all()).toBe(before);
      expect((await steps.notes(id)).filter((note) => note.includes('late-'))).toEqual([
        `Loss of the operator: attempt 1 has made task late-3-${id} after all; it may have been paid for`,
      ]);
    });
  });

  it('lets the first look at later tasks wait two minutes where callbacks come from outside', async () => {
    const outside = await world.start({ PUBLIC_BASE_URL: 'https://nexus.example' });
    const there = providerSteps(outside);
    const firstLookSec = async () => {
      const { lookAt } = await there.generating();
      return Math.round(((lookAt?.getTime() ?? 0) - Date.now()) / 5_000) * 5;
    };
    expect(await firstLookSec()).toBe(10);
    const { providerTaskId, id } = await there.generating();
    await call(addressOf(), providerTaskId, UNSIGNED, outside);
    expect(await firstLookSec()).toBe(120);
    await there.age(id, 3_601);
    expect(await firstLookSec()).toBe(10);
    await call(addressOf(), world.kie.created.at(-1)?.taskId, UNSIGNED, outside);
    expect(Math.round((((await steps.generating()).lookAt?.getTime() ?? 0) - Date.now()) / 5_000) * 5).toBe(10);
    await outside.close();
  });
});
