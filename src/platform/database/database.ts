import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, type EntityTarget, type ObjectLiteral, type Repository } from 'typeorm';
import { OwnedRows, type OwnedByUser } from './owned-rows.js';

type Effect = () => unknown;

/** What belongs to users is reached through `owned`; to ask for it here does not compile. */
type NobodysAlone<E> = E extends OwnedByUser ? never : unknown;

interface Ambient {
  manager: EntityManager;
  /** Still inside, when all else is done. */
  closing: (() => Promise<unknown>)[];
  /** After the commit. */
  effects: Effect[];
  /** After the end, be it a commit or not. */
  afterwards: Effect[];
}

/**
 * The one door to PostgreSQL. Transactions are ambient: whatever a `transaction` callback calls, however deep, takes
 * part in it, and what it asked for with `afterCommit` leaves only when it has been committed.
 */
@Injectable()
export class Database {
  private readonly logger = new Logger(Database.name);
  private readonly ambient = new AsyncLocalStorage<Ambient | undefined>();

  constructor(private readonly dataSource: DataSource) {}

  /** The manager of the ambient transaction, or the plain one outside. */
  get manager(): EntityManager {
    return this.ambient.getStore()?.manager ?? this.dataSource.manager;
  }

  repository<E extends ObjectLiteral>(entity: EntityTarget<E> & NobodysAlone<E>): Repository<E> {
    return this.manager.getRepository(entity);
  }

  /** Rows of users: each call says whose. */
  owned<E extends OwnedByUser>(entity: EntityTarget<E>): OwnedRows<E> {
    return new OwnedRows(this.manager.getRepository(entity));
  }

  /** For workers alone, which look after the rows of all users; no request may come here. */
  ofAllUsers<E extends OwnedByUser>(entity: EntityTarget<E>): Repository<E> {
    return this.manager.getRepository(entity);
  }

  /** Rows of a SELECT, or of the RETURNING of a write. */
  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager.query(sql, parameters);
    // TypeORM answers UPDATE and DELETE with [rows, count], everything else with the rows.
    if (isWriteResult(result)) return result[0] as Row[];
    return result as Row[];
  }

  /** Runs `work` in a transaction; joins the one that is already there. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.ambient.getStore()) return work();
    const closing: Ambient['closing'] = [];
    const effects: Effect[] = [];
    const afterwards: Effect[] = [];
    try {
      const result = await this.dataSource.transaction((manager) =>
        this.ambient.run({ manager, closing, effects, afterwards }, async () => {
          const done = await work();
          for (const last of closing) await last();
          return done;
        }),
      );
      await this.settle(effects);
      return result;
    } finally {
      await this.settle(afterwards);
    }
  }

  /**
   * As `transaction`, but all that `work` reads, in however many statements, is of one moment. It is for reading: a write
   * to what another has changed meanwhile fails.
   * @throws inside a transaction, which sees things as they go
   */
  async snapshot<T>(work: () => Promise<T>): Promise<T> {
    if (this.ambient.getStore()) throw new Error('A snapshot cannot be taken inside a transaction');
    return this.transaction(async () => {
      await this.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      return work();
    });
  }

  /** Waits until nobody else has the lock of this name, and has it until the ambient transaction ends. */
  async lock(name: string): Promise<void> {
    await this.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
  }

  /** Runs `work` as the last of the ambient transaction, in it: so are rows locked briefly that everybody needs. */
  async beforeCommit(work: () => Promise<unknown>): Promise<void> {
    const ambient = this.ambient.getStore();
    if (ambient) ambient.closing.push(work);
    else await work();
  }

  /** Runs `effect` once the ambient transaction has been committed; at once when there is none. */
  async afterCommit(effect: Effect): Promise<void> {
    const ambient = this.ambient.getStore();
    if (ambient) ambient.effects.push(effect);
    else await this.settle([effect]);
  }

  /** Runs `effect` once the ambient transaction has ended, even without a commit; at once when there is none. */
  async afterwards(effect: Effect): Promise<void> {
    const ambient = this.ambient.getStore();
    if (ambient) ambient.afterwards.push(effect);
    else await this.settle([effect]);
  }

  /**
   * The commit stands whatever happens here: an effect that fails is logged, and the reconciler of its feature finds
   * the row that still waits.
   */
  private async settle(effects: Effect[]): Promise<void> {
    for (const effect of effects) {
      try {
        await this.ambient.run(undefined, async () => effect());
      } catch (error) {
        this.logger.warn({ err: error }, 'An effect after a commit failed');
      }
    }
  }
}

function isWriteResult(result: unknown): result is [unknown[], number] {
  return Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
}
