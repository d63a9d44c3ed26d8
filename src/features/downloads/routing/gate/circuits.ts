import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { isRedisAway } from '../../../../platform/redis/is-redis-away.js';
import type { ErrorCode } from '../../errors/error-codes.js';
import { UNTIL_CLOSED } from './circuit-effect.js';
import { CircuitOpeningsRepository } from './circuit-openings.repository.js';
import { GateMemory } from './gate-memory.js';
import { CLOSE, EXTEND, LIST, type ListedCircuit } from './scripts/operate.js';

const MINUTE_MS = 60_000;

/** A circuit that is not closed. */
export interface Circuit {
  key: string;
  /** `half_open`: its cooldown is over, and one attempt at a time may try. */
  state: 'open' | 'half_open';
  /** null: until somebody closes it. */
  openUntil: Date | null;
  /** How many times in a row it has opened. */
  level: number;
  /** Code of the error that has opened it. */
  reason: ErrorCode;
}

/** The circuits as their operator sees and handles them. */
@Injectable()
export class Circuits {
  constructor(
    private readonly memory: GateMemory,
    private readonly openings: CircuitOpeningsRepository,
    private readonly clock: Clock,
  ) {}

  /** All that are not closed, by their keys: one round trip to Redis; without Redis as they were written down. */
  async list(): Promise<Circuit[]> {
    const now = this.clock.now();
    const listed = await this.read();
    return listed.map((circuit) => circuitOf(circuit, now)).sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** @returns false when it was closed already */
  async close(key: string): Promise<boolean> {
    const closed = await this.memory.ask(CLOSE, { circuit: key });
    await this.openings.close(key, this.clock.now());
    return closed.length > 0;
  }

  /** Closes all that are the provider's own. @returns their keys */
  async closeAllOf(provider: string): Promise<string[]> {
    const closed = await this.memory.ask(CLOSE, { provider });
    await this.openings.closeAllOf(provider, this.clock.now());
    return closed;
  }

  /**
   * Keeps one open for longer; the cooldown of one that is half open begins anew.
   * @returns false when it is closed
   */
  async extend(key: string, minutes: number): Promise<boolean> {
    const till = await this.memory.ask(EXTEND, { circuit: key, ms: minutes * MINUTE_MS, untilClosed: UNTIL_CLOSED });
    if (till === 0) return false;
    await this.openings.prolong(key, till);
    return true;
  }

  private async read(): Promise<ListedCircuit[]> {
    try {
      return await this.memory.ask(LIST, {});
    } catch (error) {
      if (!isRedisAway(error)) throw error;
      const openings = await this.openings.unclosed();
      return openings.map(({ key, openUntil, level, reason }) => [
        key,
        openUntil?.getTime() ?? UNTIL_CLOSED,
        level,
        reason,
      ]);
    }
  }
}

function circuitOf([key, openUntil, level, reason]: ListedCircuit, now: Date): Circuit {
  return {
    key,
    state: openUntil > now.getTime() ? 'open' : 'half_open',
    openUntil: openUntil === UNTIL_CLOSED ? null : new Date(openUntil),
    level,
    reason,
  };
}
