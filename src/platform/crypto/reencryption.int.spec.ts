import { randomUUID } from 'node:crypto';
import type { INestApplication } from '@nestjs/common';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Database } from '../database/database.js';
import { CryptoModule } from './crypto.module.js';
import { EncryptedRows } from './encrypted-rows.js';
import { KeyRing } from './key-ring.js';
import { Reencryption } from './reencryption.js';
import { secretsConfig } from './secrets.config.js';

/** More than a batch. */
const ROWS = 450;
const context = (id: string) => `diaries:${id}`;
const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
const OLD = key('old', 1);
const NEW = key('new', 2);

describe('Reencryption', () => {
  let stores: TestStores;
  /** As it was before the rotation, during it, and when the old key has been taken away. */
  let before: INestApplication;
  let during: INestApplication;
  let after: INestApplication;
  const apps = () => [before, during, after];

  beforeAll(async () => {
    stores = await testStores();
    before = await app(OLD);
    await before.get(Database).query('CREATE TABLE diaries (id uuid PRIMARY KEY, entry text)');
    during = await app(`${NEW},${OLD}`);
    after = await app(NEW);
  });
  afterAll(async () => {
    for (const each of apps()) await each.close();
    await stores.close();
  });
  beforeEach(() => before.get(Database).query('DELETE FROM diaries'));
  afterEach(() => vi.restoreAllMocks());

  const app = (encryptionKeys: string) =>
    platformApp({
      stores,
      groups: [secretsConfig],
      env: { ENCRYPTION_KEYS: encryptionKeys },
      imports: [CryptoModule, CryptoModule.forFeature({ table: 'diaries', column: 'entry', context })],
    });

  const write = async (by: INestApplication, id: string, text: string): Promise<void> => {
    await by
      .get(Database)
      .query('INSERT INTO diaries (id, entry) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET entry = excluded.entry', [
        id,
        by.get(KeyRing).encrypt(text, context(id)),
      ]);
  };
  const fill = async (): Promise<Map<string, string>> => {
    const texts = new Map(Array.from({ length: ROWS }, (_, index) => [randomUUID(), `entry ${index}`] as const));
    for (const [id, text] of texts) await write(before, id, text);
    return texts;
  };
  const run = async (by = during) => {
    const reports = [];
    for await (const report of by.get(Reencryption).run()) reports.push(report);
    expect(reports).toHaveLength(1);
    return reports[0]!;
  };
  /** What somebody with these keys reads; throws when something does not open. */
  const readAll = async (by: INestApplication): Promise<Map<string, string>> => {
    const rows = await by.get(Database).query<{ id: string; entry: string }>('SELECT id, entry FROM diaries');
    return new Map(rows.map(({ id, entry }) => [id, by.get(KeyRing).decrypt(entry, context(id))]));
  };

  it('leaves nothing that needs the old key, and nothing to do for the next run', async () => {
    const texts = await fill();
    await before.get(Database).query('INSERT INTO diaries (id) VALUES ($1)', [randomUUID()]);
    expect(await run()).toEqual({
      column: 'diaries.entry',
      reencrypted: ROWS,
      current: 0,
      unopened: [],
      otherKeys: [],
    });
    await before.get(Database).query('DELETE FROM diaries WHERE entry IS NULL');
    expect(await readAll(after)).toEqual(texts);
    expect(await run()).toMatchObject({ reencrypted: 0, current: ROWS });
  });

  it('loses nothing that is written meanwhile', async () => {
    const texts = await fill();
    const ids = [...texts.keys()];
    let running = true;
    const writer = async (seed: number) => {
      for (let n = seed; running; n += 7) {
        const id = n % 3 === 0 ? randomUUID() : ids[n % ROWS]!;
        await write(during, id, `written ${n}`);
        texts.set(id, `written ${n}`);
      }
    };
    const writers = [writer(1)];
    const report = await run();
    running = false;
    await Promise.all(writers);
    expect(report).toMatchObject({ unopened: [], otherKeys: [] });
    expect(report.reencrypted).toBeGreaterThan(0);
    expect(await readAll(after)).toEqual(texts);
  });

  it('does not put back what has been changed between its reading and its writing', async () => {
    const id = randomUUID();
    await write(before, id, 'first');
    const rows = during.get(EncryptedRows, { strict: false });
    const replace = rows.replace.bind(rows);
    vi.spyOn(rows, 'replace').mockImplementationOnce(async (...row) => {
      // By a process that does not know the new key yet.
      await write(before, id, 'second');
      return replace(...row);
    });
    expect(await run()).toMatchObject({ reencrypted: 1, otherKeys: [] });
    expect(await readAll(after)).toEqual(new Map([[id, 'second']]));
  });

  it('passes over a row that is deleted between its reading and its writing', async () => {
    await write(before, randomUUID(), 'short-lived');
    const rows = during.get(EncryptedRows, { strict: false });
    const replace = rows.replace.bind(rows);
    vi.spyOn(rows, 'replace').mockImplementationOnce(async (...row) => {
      await before.get(Database).query('DELETE FROM diaries');
      return replace(...row);
    });
    expect(await run()).toMatchObject({ reencrypted: 0, current: 0, unopened: [], otherKeys: [] });
  });

  it('goes on where it was cut off', async () => {
    const texts = await fill();
    const rows = during.get(EncryptedRows, { strict: false });
    const replace = rows.replace.bind(rows);
    let done = 0;
    vi.spyOn(rows, 'replace').mockImplementation(async (...row) => {
      if (done >= 300) throw new Error('killed');
      done += 1;
      return replace(...row);
    });
    await expect(run()).rejects.toThrow('killed');
    expect(await readAll(during)).toEqual(texts);
    vi.restoreAllMocks();
    expect(await run()).toMatchObject({ reencrypted: ROWS - 300, current: 300, otherKeys: [] });
    expect(await readAll(after)).toEqual(texts);
  });

  it('names what does not open and which keys that needs, and goes on', async () => {
    const [opens, keyless, foreign, plain] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    await write(before, opens, 'a secret');
    await write(during, keyless, 'a newer secret');
    const elsewhere = before.get(KeyRing).encrypt('x', context(opens));
    await before.get(Database).query('INSERT INTO diaries (id, entry) VALUES ($1, $2)', [foreign, elsewhere]);
    await before.get(Database).query('INSERT INTO diaries (id, entry) VALUES ($1, $2)', [plain, 'v1.hunter2']);
    // To whom `new` is a key that is gone.
    const report = await run(before);
    expect(report).toMatchObject({ reencrypted: 0, current: 1, otherKeys: ['new'] });
    expect(report.unopened.sort()).toEqual([keyless, foreign, plain].sort());
    expect(await run()).toMatchObject({ reencrypted: 1, current: 1, otherKeys: ['old'] });
  });

  it('says that the old key is needed while somebody still writes with it', async () => {
    await write(before, randomUUID(), 'a secret');
    const rows = during.get(EncryptedRows, { strict: false });
    const replace = rows.replace.bind(rows);
    vi.spyOn(rows, 'replace').mockImplementationOnce(async (...row) => {
      const replaced = await replace(...row);
      await write(before, randomUUID(), 'behind its back');
      return replaced;
    });
    expect(await run()).toMatchObject({ reencrypted: 1, unopened: [], otherKeys: ['old'] });
    expect(await run()).toMatchObject({ reencrypted: 1, current: 1, otherKeys: [] });
  });
});
