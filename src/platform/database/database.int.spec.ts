import type { INestApplication } from '@nestjs/common';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Database } from './database.js';

describe('Database', () => {
  let stores: TestStores;
  let app: INestApplication;
  let database: Database;

  beforeAll(async () => {
    stores = await testStores();
    app = await platformApp({ stores });
    database = app.get(Database);
    await database.query('CREATE TABLE notes (text text)');
  });
  afterAll(async () => {
    await app.close();
    await stores.close();
  });
  beforeEach(() => database.query('TRUNCATE notes'));

  const write = (text: string) => database.query('INSERT INTO notes VALUES ($1)', [text]);
  const notes = () => database.query<{ text: string }>('SELECT text FROM notes');

  it('commits what all that is called inside a transaction writes, or nothing', async () => {
    await database.transaction(() => write('a'));
    const failing = database.transaction(async () => {
      await write('b');
      await database.transaction(() => write('c'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await notes()).toEqual([{ text: 'a' }]);
  });

  it('lets effects out after the commit, in order, and not after a rollback', async () => {
    const seen: string[] = [];
    await database.transaction(async () => {
      await write('a');
      await database.afterCommit(async () => seen.push(`1:${(await notes()).length}`));
      await database.transaction(() => database.afterCommit(() => seen.push('2')));
      expect(seen).toEqual([]);
    });
    expect(seen).toEqual(['1:1', '2']);

    await expect(
      database.transaction(async () => {
        await database.afterCommit(() => seen.push('never'));
        throw new Error('no');
      }),
    ).rejects.toThrow();
    expect(seen).toEqual(['1:1', '2']);
  });

  it('keeps the commit, and the other effects, when an effect fails', async () => {
    const seen: string[] = [];
    await database.transaction(async () => {
      await write('a');
      await database.afterCommit(() => Promise.reject(new Error('broken')));
      await database.afterCommit(() => seen.push('still'));
    });
    expect(await notes()).toHaveLength(1);
    expect(seen).toEqual(['still']);
  });

  it('runs an effect outside the transaction that has asked for it', async () => {
    await database.transaction(async () => {
      await database.afterCommit(() => database.transaction(() => write('from the effect')));
    });
    expect(await notes()).toEqual([{ text: 'from the effect' }]);
  });

  it('answers rows for reading and for RETURNING alike', async () => {
    await write('a');
    expect(await database.query(`UPDATE notes SET text = 'b' RETURNING text`)).toEqual([{ text: 'b' }]);
    expect(await database.query('DELETE FROM notes RETURNING text')).toEqual([{ text: 'b' }]);
    expect(await notes()).toEqual([]);
  });
});
