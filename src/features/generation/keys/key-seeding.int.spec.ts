import { testStores, type TestStores } from '../../../../test/support/stores.js';
import { Database } from '../../../platform/database/database.js';
import { GenerationKey } from './generation-key.entity.js';
import { KeySeeding } from './key-seeding.js';
import { clearKeys, insertKey, startKeys, type KeysProcess } from './testing/keys-world.js';

const WORKER = { NEXUS_ROLES: 'api,worker' };
const SANDBOX = { kie: 'http://127.0.0.1:1/apis/kie' };

describe('the keys of the environment', () => {
  let stores: TestStores;
  const processes: KeysProcess[] = [];

  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());
  afterEach(async () => {
    const [first] = processes;
    if (first) await clearKeys(first.database);
    for (const { api } of processes.splice(0)) await api.close();
  });

  const start = async (env: Record<string, string>, standIns: Record<string, string> = {}) => {
    const started = await startKeys(stores, env, standIns);
    processes.push(started);
    return started;
  };
  const rows = ({ api }: KeysProcess) =>
    api.app
      .get(Database)
      .repository(GenerationKey)
      .find({ order: { name: 'ASC' } });
  const opened = async (at: KeysProcess, name: string) => {
    const row = (await rows(at)).find((key) => key.name === name);
    return (await at.desk.keyOf(row?.id ?? null, row?.account ?? ''))?.apiKey;
  };

  it('are there once, each as an account of its own, encrypted, however many processes start', async () => {
    const env = { KIE_API_KEY: 'secret zero', KIE_API_KEY_1: 'secret one' };
    const [first, second] = [await start(env), await start(env)];
    await clearKeys(first.database);
    const seedings = [first, second].map(({ api }) => api.app.get(KeySeeding, { strict: false }));
    await Promise.all([...seedings, ...seedings].map((seeding) => seeding.onModuleInit()));
    const found = await rows(first);
    expect(found).toMatchObject([
      { name: 'KIE_API_KEY', account: 'KIE_API_KEY', source: 'environment', status: 'active', rateLimits: 0 },
      { name: 'KIE_API_KEY_1', account: 'KIE_API_KEY_1', source: 'environment', status: 'active', inFlight: 0 },
    ]);
    expect(JSON.stringify(found)).not.toContain('secret');
    expect(await opened(first, 'KIE_API_KEY_1')).toBe('secret one');
  });

  it('are changed with it, and what was found out of the old one is forgotten', async () => {
    const before = await start({ KIE_API_KEY: 'old' });
    const blocked = { status: 'invalid', blockReason: '401', rateLimits: 2, balance: 5, account: 'mine' } as const;
    await before.database.repository(GenerationKey).update({ name: 'KIE_API_KEY' }, blocked);
    expect((await rows(await start({ KIE_API_KEY: 'old' })))[0]).toMatchObject(blocked);
    const after = await start({ KIE_API_KEY: 'new' });
    const fresh = { status: 'active', blockReason: null, rateLimits: 0, balance: null, account: 'mine' };
    expect(await rows(after)).toMatchObject([fresh]);
    expect(await opened(after, 'KIE_API_KEY')).toBe('new');
  });

  it('are disabled when a worker starts without them, and come back with them', async () => {
    const first = await start({ KIE_API_KEY: 'secret', ...WORKER });
    await insertKey(first, 'panel');
    expect(await rows(await start({}))).toMatchObject([{ status: 'active' }, { status: 'active' }]);
    const without = await start(WORKER);
    expect(await rows(without)).toMatchObject([
      { name: 'KIE_API_KEY', status: 'disabled' },
      { name: 'panel', status: 'active' },
    ]);
    expect(await opened(without, 'KIE_API_KEY')).toBe('secret');
    const again = await start({ KIE_API_KEY: 'secret', ...WORKER });
    expect((await rows(again))[0]).toMatchObject({ status: 'active', blockReason: null });
  });

  it('stay disabled when the operator has disabled them', async () => {
    const first = await start({ KIE_API_KEY: 'secret', ...WORKER });
    await first.database.repository(GenerationKey).update({ name: 'KIE_API_KEY' }, { status: 'disabled' });
    expect(await rows(await start({ KIE_API_KEY: 'secret', ...WORKER }))).toMatchObject([{ status: 'disabled' }]);
  });

  describe('in the sandbox', () => {
    it('are one of the stand-in when there is none', async () => {
      const first = await start(WORKER, SANDBOX);
      expect(await rows(first)).toMatchObject([{ name: 'sandbox', source: 'stand_in', status: 'active' }]);
      expect(await opened(first, 'sandbox')).toBe('sandbox');
      expect(await rows(await start({ KIE_API_KEY: 'secret', ...WORKER }, SANDBOX))).toMatchObject([
        { name: 'KIE_API_KEY', status: 'active' },
        { name: 'sandbox', status: 'disabled' },
      ]);
    });

    it('are none of the stand-in when KIE is elsewhere, or the panel has one', async () => {
      expect(await rows(await start({ KIE_BASE_URL: 'http://kie.example', ...WORKER }, SANDBOX))).toEqual([]);
      const first = await start({});
      await insertKey(first, 'panel');
      expect(await rows(await start(WORKER, SANDBOX))).toMatchObject([{ name: 'panel' }]);
    });
  });

  it('are none where there is neither a key nor a sandbox', async () => {
    expect(await rows(await start(WORKER))).toEqual([]);
  });
});
