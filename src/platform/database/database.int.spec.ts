import type { INestApplication } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { Database } from './database.js';
import { deleteInBatches } from './delete-in-batches.js';

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

  it('does last of all, in the transaction, what is to be done before the commit', async () => {
    await database.transaction(async () => {
      await database.beforeCommit(() => write('last'));
      await write('first');
    });
    expect(await notes()).toEqual([{ text: 'first' }, { text: 'last' }]);
    const failing = database.transaction(async () => {
      await database.beforeCommit(() => Promise.reject(new Error('no')));
      await write('undone');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await notes()).toHaveLength(2);
    await database.beforeCommit(() => write('at once'));
    expect(await notes()).toHaveLength(3);
  });

  it('reads a snapshot as it was when it was taken, and takes none inside a transaction', async () => {
    let writeNow = (): void => undefined;
    const written = new Promise<void>((resolve) => (writeNow = resolve)).then(() => write('meanwhile'));
    await database.snapshot(async () => {
      expect(await notes()).toEqual([]);
      writeNow();
      await written;
      expect(await notes()).toEqual([]);
    });
    expect(await notes()).toHaveLength(1);
    const inside = database.transaction(() => database.snapshot(notes));
    await expect(inside).rejects.toThrow('inside a transaction');
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

  it('gives a lock to one at a time, until the end of the transaction', async () => {
    const countThenWrite = (name: string) =>
      database.transaction(async () => {
        await database.lock(name);
        const before = await notes();
        await write(name);
        return before.length;
      });
    const counted = await Promise.all(Array.from({ length: 5 }, () => countThenWrite('a')));
    expect(counted.sort()).toEqual([0, 1, 2, 3, 4]);
  });

  describe('deletes in batches', () => {
    const numbers = () => database.query<{ id: number; old: boolean }>('SELECT id, old FROM numbers ORDER BY id');
    const old = { from: 'numbers', where: 'old OR old IS NULL', parameters: [] };

    beforeEach(async () => {
      await database.query('DROP TABLE IF EXISTS numbers');
      await database.query('CREATE TABLE numbers AS SELECT id, id > 2 AS old FROM generate_series(1, 2500) id');
    });

    it('all that is to go', async () => {
      await deleteInBatches(database, old);
      expect(await numbers()).toEqual([
        { id: 1, old: false },
        { id: 2, old: false },
      ]);
    });

    it('until it is to stop', async () => {
      await deleteInBatches(database, old, AbortSignal.abort());
      expect(await numbers()).toHaveLength(1500);
    });

    it('not what is none of it any more when its turn comes', async () => {
      const other = app.get(DataSource).createQueryRunner();
      await other.startTransaction();
      await other.query('UPDATE numbers SET old = false WHERE id = 3');
      const deletion = deleteInBatches(database, old);
      const held = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await eventually(async () => (await database.query(held)).length === 1);
      await other.commitTransaction();
      await other.release();
      await deletion;
      expect((await numbers())[2]).toEqual({ id: 3, old: false });
    });
  });
});
