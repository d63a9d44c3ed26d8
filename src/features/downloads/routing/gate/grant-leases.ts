import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { Redis } from '../../../../platform/redis/redis.js';
import { heartbeat } from '../../../../platform/slots/heartbeat.js';
import { HEARTBEAT_MS, LEASE_MS, slotKey } from '../../../../platform/slots/slot-lease.js';
import { Slots } from '../../../../platform/slots/slots.js';
import { GateMemory } from './gate-memory.js';
import type { Grant } from './gate-question.js';
import { KEEP } from './scripts/keep.js';

/** A worker that is late to take a resting attempt up still finds its slot. */
const LATE_MS = 60_000;

/** Keeps what was granted while its attempt is at work or rests. Without Redis nothing can be lost nor kept. */
@Injectable()
export class GrantLeases {
  private readonly logger = new Logger(GrantLeases.name);

  constructor(
    private readonly memory: GateMemory,
    private readonly slots: Slots,
    private readonly redis: Redis,
    private readonly clock: Clock,
  ) {}

  /** @returns the function that ends the renewing */
  hold(grant: Grant): () => void {
    return heartbeat(this.clock, HEARTBEAT_MS, async () => {
      await this.keepOrWarn(grant, this.now() + LEASE_MS);
    });
  }

  async rest(grant: Grant, until: Date): Promise<void> {
    await this.keepOrWarn(grant, until.getTime() + LATE_MS);
  }

  /** @returns false when the slot was lost meanwhile and none is free */
  async resume(grant: Grant): Promise<boolean> {
    return this.keepOrWarn(grant, this.now() + LEASE_MS, await this.slots.limitOf(grant.slotKey));
  }

  private async keepOrWarn(
    { owner, slotKey: key, probes }: Grant,
    leaseUntil: number,
    limit?: number,
  ): Promise<boolean> {
    try {
      return (await this.memory.ask(KEEP, { owner, slot: slotKey(this.redis, key), probes, leaseUntil, limit })) === 1;
    } catch (error) {
      this.logger.warn({ err: error, attempt: owner }, 'A grant was not renewed');
      return true;
    }
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}
