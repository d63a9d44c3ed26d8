import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { OperatorCalendar } from '../../../ops/index.js';
import { UNTIL_CLOSED } from './circuit-effect.js';
import { circuitsOfEgress, circuitsOfProvider } from './circuit-key.js';
import { CircuitOpeningsRepository } from './circuit-openings.repository.js';
import type { GateCandidate, GateDecision, GateQuestion, GateVerdict } from './gate-question.js';
import { grantOf } from './grant-of.js';
import { SpendingRepository } from './spending.repository.js';

/** What PostgreSQL knows of circuits and money. */
interface Known {
  /** Circuits that are open now, and the milliseconds until which they are. */
  open: ReadonlyMap<string, number>;
  spent: ReadonlyMap<string, number>;
  dayEnds: Date;
}

/**
 * The decision while Redis is away: the first candidate whose circuits are closed and whose budget holds, as far as
 * PostgreSQL knows. Nothing can be set aside, so slots, rates and probes are left alone.
 */
@Injectable()
export class WithoutRedis {
  constructor(
    private readonly openings: CircuitOpeningsRepository,
    private readonly spending: SpendingRepository,
    private readonly calendar: OperatorCalendar,
    private readonly clock: Clock,
  ) {}

  async decide(question: GateQuestion, owner: string | null): Promise<GateDecision> {
    const day = this.calendar.today();
    const known = await this.known(day);
    const judged = question.candidates.map((candidate) => ({ candidate, verdict: judge(candidate, question, known) }));
    const verdicts = judged.map(({ verdict }) => verdict);
    const first = judged.find(({ verdict }) => verdict.reason === 'ok')?.candidate;
    if (owner === null || !first) return { verdicts, grant: null };
    const egresses = usableEgresses(first, question, known);
    // Its cost was not set aside: all of it is booked in the end.
    const grant = grantOf(question, first, { owner, day, egresses, probes: [], costMicroUsd: 0 });
    return { verdicts, grant };
  }

  private async known(day: string): Promise<Known> {
    const [openings, spent] = await Promise.all([
      this.openings.unclosed(),
      this.spending.since(this.calendar.startOf(day)),
    ]);
    const now = this.clock.now();
    const open = openings.filter(({ openUntil }) => openUntil === null || openUntil > now);
    return {
      open: new Map(open.map(({ key, openUntil }) => [key, openUntil?.getTime() ?? UNTIL_CLOSED])),
      spent: new Map(spent.map(({ provider, microUsd }) => [provider, microUsd])),
      dayEnds: this.calendar.endOf(day),
    };
  }
}

function judge(candidate: GateCandidate, question: GateQuestion, known: Known): GateVerdict {
  const { provider, costMicroUsd, budgetMicroUsd } = candidate;
  const denied = openOneOf(circuitsOfProvider(provider, question.family, question.bucket), known);
  if (denied !== undefined) return circuitOpen(provider, denied, known);
  if (usableEgresses(candidate, question, known).length === 0) {
    const [first = ''] = candidate.egresses;
    return circuitOpen(provider, openOneOf(circuitsOfEgress(first, question.family), known) ?? '', known);
  }
  if (budgetMicroUsd !== null && (known.spent.get(provider) ?? 0) + costMicroUsd > budgetMicroUsd) {
    return { provider, reason: 'over_budget', until: known.dayEnds, detail: null };
  }
  return { provider, reason: 'ok', until: null, detail: null };
}

function usableEgresses(
  { egresses, obeysEgressCircuits }: GateCandidate,
  { family }: GateQuestion,
  known: Known,
): string[] {
  if (!obeysEgressCircuits) return egresses;
  return egresses.filter((egress) => openOneOf(circuitsOfEgress(egress, family), known) === undefined);
}

function openOneOf(circuits: string[], { open }: Known): string | undefined {
  return circuits.find((circuit) => open.has(circuit));
}

function circuitOpen(provider: string, circuit: string, { open }: Known): GateVerdict {
  const until = open.get(circuit) ?? UNTIL_CLOSED;
  return { provider, reason: 'circuit_open', until: until === UNTIL_CLOSED ? null : new Date(until), detail: circuit };
}
