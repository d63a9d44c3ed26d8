import { Injectable } from '@nestjs/common';
import { Decider } from './decider.js';
import type { Ending } from './ending.js';
import type { GateDecision, GateQuestion, GateVerdict, Grant } from './gate-question.js';
import { GrantLeases } from './grant-leases.js';
import { Settlement } from './settlement.js';

export type { Ending } from './ending.js';

/**
 * Lets attempts through to providers: circuits, budgets, rate limits and slots of all processes, in one round trip to
 * Redis for each decision. What it knows is rebuilt from PostgreSQL when Redis has forgotten it.
 */
@Injectable()
export class Gate {
  constructor(
    private readonly decider: Decider,
    private readonly leases: GrantLeases,
    private readonly settlement: Settlement,
  ) {}

  /** What it would say now, for every candidate. Takes nothing. */
  async look(question: GateQuestion): Promise<GateVerdict[]> {
    const { verdicts } = await this.decider.decide(question, null);
    return verdicts;
  }

  /** Takes the first candidate that is free, for the attempt `owner`: its slot, its money, its turn, its probe. */
  take(question: GateQuestion, owner: string): Promise<GateDecision> {
    return this.decider.decide(question, owner);
  }

  /** Renews a grant while its attempt is at work. @returns the function that ends the renewing */
  hold(grant: Grant): () => void {
    return this.leases.hold(grant);
  }

  /** Keeps the slot of an attempt that nobody works on until `until`, and some time more. Never rejects. */
  rest(grant: Grant, until: Date): Promise<void> {
    return this.leases.rest(grant, until);
  }

  /** Goes on with a grant after a rest. @returns false when its slot was lost meanwhile and none is free */
  resume(grant: Grant): Promise<boolean> {
    return this.leases.resume(grant);
  }

  /** Gives back what was granted, and lets the circuits know. Never rejects: what Redis misses, its leases forget. */
  settle(grant: Grant, ending: Ending): Promise<void> {
    return this.settlement.settle(grant, ending);
  }
}
