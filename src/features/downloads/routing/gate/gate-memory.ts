import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { Redis } from '../../../../platform/redis/redis.js';
import type { Script } from '../../../../platform/redis/script.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { UNTIL_CLOSED } from './circuit-effect.js';
import { CircuitOpeningsRepository } from './circuit-openings.repository.js';
import { RESTORE, type RestoredCircuit } from './scripts/restore.js';
import { SpendingRepository } from './spending.repository.js';

const KEEP_SPENT_MS = 48 * 3_600_000;

/** What the gate knows, in Redis; rebuilt from PostgreSQL in the decision that finds that Redis has forgotten it. */
@Injectable()
export class GateMemory {
  private readonly logger = new Logger(GateMemory.name);
  private rebuilding: Promise<void> | null = null;

  constructor(
    private readonly redis: Redis,
    private readonly openings: CircuitOpeningsRepository,
    private readonly spending: SpendingRepository,
    private readonly calendar: OperatorCalendar,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs a script of the gate, one round trip.
   * @param afterRebuild the question instead, when everything had to be rebuilt from the rows of PostgreSQL first
   */
  async ask<Answer>(script: Script<Answer | null>, question: object, afterRebuild = question): Promise<Answer> {
    const answer = (await this.run(script, question)) ?? (await this.askAgain(script, afterRebuild));
    if (answer === null) throw new Error('Redis forgets what the gate tells it');
    return answer;
  }

  /** For how long the counter of a day's money is kept. */
  spentTtl(dayEnds: Date): number {
    return dayEnds.getTime() - this.moment().now + KEEP_SPENT_MS;
  }

  async spent(provider: string, day: string): Promise<number> {
    return Number(await this.redis.client.get(this.redis.key('gate', 'spent', provider, day)));
  }

  private async askAgain<Answer>(script: Script<Answer | null>, question: object): Promise<Answer | null> {
    this.rebuilding ??= this.rebuild().finally(() => {
      this.rebuilding = null;
    });
    await this.rebuilding;
    return this.run(script, question);
  }

  private async rebuild(): Promise<void> {
    const day = this.calendar.today();
    const [openings, spent] = await Promise.all([
      this.openings.unclosed(),
      this.spending.since(this.calendar.startOf(day)),
    ]);
    const circuits = openings.map(({ key, openUntil, level, reason, openedByAttempt }): RestoredCircuit => {
      return { key, openUntil: openUntil?.getTime() ?? UNTIL_CLOSED, level, reason, openedBy: openedByAttempt };
    });
    const restored = await this.run(RESTORE, {
      circuits,
      spent,
      day,
      spentTtl: this.spentTtl(this.calendar.endOf(day)),
    });
    if (restored === 1) this.logger.log(`Redis was empty: rebuilt ${circuits.length} circuits and today's spending`);
  }

  private run<Answer>(script: Script<Answer>, question: object): Promise<Answer> {
    const { now, prefix } = this.moment();
    return this.redis.run(script, [`${prefix}mark`], [JSON.stringify({ ...question, prefix, now })]);
  }

  private moment(): { now: number; prefix: string } {
    return { now: this.clock.now().getTime(), prefix: this.redis.key('gate', '') };
  }
}
