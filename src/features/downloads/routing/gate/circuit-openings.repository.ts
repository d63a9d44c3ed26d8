import { Injectable } from '@nestjs/common';
import { IsNull, LessThanOrEqual } from 'typeorm';
import { Database } from '../../../../platform/database/database.js';
import type { ErrorCode } from '../../errors/error-codes.js';
import { UNTIL_CLOSED } from './circuit-effect.js';
import { providerOf } from './circuit-key.js';
import { CircuitOpening } from './circuit-opening.entity.js';
import type { CircuitChange } from './scripts/settle.js';

/** When circuits were open: history, and what Redis is rebuilt from. */
@Injectable()
export class CircuitOpeningsRepository {
  constructor(private readonly database: Database) {}

  /** The last opening of every circuit that is not closed. */
  async unclosed(): Promise<CircuitOpening[]> {
    const openings = await this.openings.find({ where: { closedAt: IsNull() }, order: { openedAt: 'ASC' } });
    return [...new Map(openings.map((opening) => [opening.key, opening])).values()];
  }

  /** Writes down what an attempt has done to circuits. */
  async record(changes: readonly CircuitChange[], at: Date, attempt: string): Promise<void> {
    if (changes.length === 0) return;
    await this.database.transaction(async () => {
      for (const change of changes) await this.write(change, at, attempt);
    });
  }

  async close(key: string, at: Date): Promise<void> {
    await this.openings.update({ key, closedAt: IsNull(), openedAt: LessThanOrEqual(at) }, { closedAt: at });
  }

  async closeAllOf(provider: string, at: Date): Promise<void> {
    await this.openings.update({ provider, closedAt: IsNull(), openedAt: LessThanOrEqual(at) }, { closedAt: at });
  }

  async prolong(key: string, openUntil: number, reason?: ErrorCode): Promise<void> {
    await this.openings.update({ key, closedAt: IsNull() }, { openUntil: dateOf(openUntil), reason });
  }

  private async write(change: CircuitChange, at: Date, attempt: string): Promise<void> {
    const [kind, key] = change;
    if (kind === 'closed') return this.close(key, at);
    const [, , reason, openUntil] = change;
    if (kind === 'prolonged') return this.prolong(key, openUntil, reason);
    await this.close(key, at);
    await this.openings.insert({
      key,
      provider: providerOf(key),
      level: change[4],
      reason,
      openedAt: at,
      openUntil: dateOf(openUntil),
      openedByAttempt: attempt,
    });
  }

  private get openings() {
    return this.database.repository(CircuitOpening);
  }
}

/** null: until somebody closes it. */
function dateOf(openUntil: number): Date | null {
  return openUntil === UNTIL_CLOSED ? null : new Date(openUntil);
}
