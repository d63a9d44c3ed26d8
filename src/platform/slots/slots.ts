import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { isRedisAway } from '../redis/is-redis-away.js';
import { Redis } from '../redis/redis.js';
import { heartbeat } from './heartbeat.js';
import { TAKE } from './scripts.js';
import { HEARTBEAT_MS, LEASE_MS, slotKey } from './slot-lease.js';
import { Slot } from './slot.entity.js';

const UNLISTED_LIMIT = 10;
/** A limit that was changed holds everywhere after this long. */
const FRESH_MS = 2_000;
const ASK_AGAIN_MS = 500;

export interface SlotUsage {
  key: string;
  limit: number;
  /** How many hold it at the moment. */
  used: number;
}

/** How many of all processes together may do a thing at once. A slot is a lease: it never outlives its holder for long. */
@Injectable()
export class Slots {
  private readonly logger = new Logger(Slots.name);
  private limits: { at: number; answer: Promise<ReadonlyMap<string, number>> } | null = null;

  constructor(
    private readonly database: Database,
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {}

  /** @returns 10 for a slot that is not listed */
  async limitOf(key: string): Promise<number> {
    return (await this.known()).get(key) ?? UNLISTED_LIMIT;
  }

  async set(key: string, limit: number): Promise<void> {
    await this.database.repository(Slot).upsert({ key, limit }, ['key']);
    this.limits = null;
  }

  /** Of the slots that are listed, by their keys. */
  async usage(): Promise<SlotUsage[]> {
    const slots = await this.database.repository(Slot).find({ order: { key: 'ASC' } });
    const live = `(${this.now()}`;
    return Promise.all(
      slots.map(async ({ key, limit }) => ({
        key,
        limit,
        used: await this.redis.client.zCount(slotKey(this.redis, key), live, '+inf'),
      })),
    );
  }

  /**
   * Waits for a slot and keeps it. Without Redis nobody can count, and work must go on: then it is given at once.
   * @returns the function that gives it back; it never rejects
   * @throws the signal's reason, when it is aborted first
   */
  async hold(key: string, signal?: AbortSignal): Promise<() => Promise<void>> {
    signal?.throwIfAborted();
    const [lease, holder] = [slotKey(this.redis, key), randomUUID()];
    while (!(await this.take(key, lease, holder))) await this.clock.delay(ASK_AGAIN_MS, signal);
    const stop = heartbeat(this.clock, HEARTBEAT_MS, () => this.renew(lease, holder));
    return async () => {
      stop();
      await this.redis.client.zRem(lease, holder).catch(() => undefined);
    };
  }

  private async take(key: string, lease: string, holder: string): Promise<boolean> {
    const limit = await this.limitOf(key);
    const now = this.now();
    try {
      return (await this.redis.run(TAKE, [lease], [now, now + LEASE_MS, holder, limit])) === 1;
    } catch (error) {
      if (!isRedisAway(error)) throw error;
      this.logger.warn({ err: error }, `A slot of ${key} is given without Redis`);
      return true;
    }
  }

  /** Also puts back what a flushed Redis has forgotten. */
  private async renew(lease: string, holder: string): Promise<void> {
    await this.redis.client.zAdd(lease, { score: this.now() + LEASE_MS, value: holder }).catch((error: unknown) => {
      this.logger.warn({ err: error }, 'A slot was not renewed');
    });
  }

  private async known(): Promise<ReadonlyMap<string, number>> {
    const now = this.now();
    if (this.limits && now - this.limits.at < FRESH_MS) return this.limits.answer;
    const limits = { at: now, answer: this.load() };
    this.limits = limits;
    limits.answer.catch(() => {
      if (this.limits === limits) this.limits = null;
    });
    return limits.answer;
  }

  private async load(): Promise<ReadonlyMap<string, number>> {
    const slots = await this.database.repository(Slot).find();
    return new Map(slots.map(({ key, limit }) => [key, limit]));
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
