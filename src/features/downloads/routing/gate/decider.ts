import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { isRedisAway } from '../../../../platform/redis/is-redis-away.js';
import { Redis } from '../../../../platform/redis/redis.js';
import { LEASE_MS, slotKey } from '../../../../platform/slots/slot-lease.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { usdOfMicro } from '../micro-usd.js';
import { UNTIL_CLOSED } from './circuit-effect.js';
import { circuitsOfEgress, circuitsOfProvider } from './circuit-key.js';
import { GateMemory } from './gate-memory.js';
import type { Denial, GateCandidate, GateDecision, GateQuestion, GateVerdict, Grant } from './gate-question.js';
import { grantOf } from './grant-of.js';
import { DECIDE, type AskedCandidate, type DecideAnswer, type SaidVerdict } from './scripts/decide.js';
import { WithoutRedis } from './without-redis.js';

/** Decides, for all candidates of a question in one round trip, who may be taken, and takes the first for an owner. */
@Injectable()
export class Decider {
  private readonly logger = new Logger(Decider.name);

  constructor(
    private readonly memory: GateMemory,
    private readonly withoutRedis: WithoutRedis,
    private readonly redis: Redis,
    private readonly calendar: OperatorCalendar,
    private readonly clock: Clock,
  ) {}

  /** @param owner the attempt to take for; null: only look */
  async decide(question: GateQuestion, owner: string | null): Promise<GateDecision> {
    if (question.candidates.length === 0) return { verdicts: [], grant: null };
    try {
      return await this.ask(question, owner);
    } catch (error) {
      if (!isRedisAway(error)) throw error;
      this.logger.warn({ err: error }, 'Redis is away: deciding without slots, rates and reservations');
      return this.withoutRedis.decide(question, owner);
    }
  }

  private async ask(question: GateQuestion, owner: string | null): Promise<GateDecision> {
    const day = this.calendar.today();
    const dayEnds = this.calendar.endOf(day);
    const taking =
      owner === null ? {} : { owner, leaseUntil: this.now() + LEASE_MS, spentTtl: this.memory.spentTtl(dayEnds) };
    const [verdicts, taken] = await this.memory.ask(DECIDE, {
      candidates: question.candidates.map((candidate) => this.asked(candidate, question)),
      day,
      dayEnds: dayEnds.getTime(),
      ...taking,
    });
    return {
      verdicts: question.candidates.map((candidate, index) => verdictOf(candidate, verdicts[index])),
      grant: owner === null ? null : granted(question, owner, day, taken),
    };
  }

  private asked(candidate: GateCandidate, { family, bucket }: GateQuestion): AskedCandidate {
    const { provider, egresses, obeysEgressCircuits, slot } = candidate;
    return {
      provider,
      circuits: circuitsOfProvider(provider, family, bucket),
      egresses: egresses.map((name) => ({ name, circuits: obeysEgressCircuits ? circuitsOfEgress(name, family) : [] })),
      slot: slotKey(this.redis, slot.key),
      limit: slot.limit,
      rate: candidate.ratePerMin ?? undefined,
      cost: candidate.costMicroUsd,
      budget: candidate.budgetMicroUsd ?? undefined,
    };
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

function verdictOf(candidate: GateCandidate, said: SaidVerdict | undefined): GateVerdict {
  if (!said) throw new Error(`The gate said nothing of ${candidate.provider}`);
  const [reason, until, detail] = said;
  return {
    provider: candidate.provider,
    reason,
    until: until === 0 || until === UNTIL_CLOSED ? null : new Date(until),
    detail: detailOf(candidate, reason, detail),
  };
}

function detailOf(
  { slot, ratePerMin, budgetMicroUsd }: GateCandidate,
  reason: 'ok' | Denial,
  said: string,
): string | null {
  switch (reason) {
    case 'ok':
      return null;
    case 'over_budget':
      return `$${usdOfMicro(Number(said))} of $${usdOfMicro(budgetMicroUsd ?? 0)}`;
    case 'rate_limited':
      return `${ratePerMin ?? 0} a minute`;
    case 'no_slot':
      return slot.key;
    default:
      return said;
  }
}

function granted(question: GateQuestion, owner: string, day: string, taken: DecideAnswer[1]): Grant | null {
  if (taken.length === 0) return null;
  const [index, egresses, probes] = taken;
  const candidate = question.candidates[index];
  if (!candidate) throw new Error('The gate took nobody that was asked for');
  return grantOf(question, candidate, { owner, day, egresses, probes, costMicroUsd: candidate.costMicroUsd });
}
