import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { Circuits, type Circuit } from '../../routing/gate/circuits.js';
import { Changes } from '../changes.js';
import { circuitNotFound } from '../operator.errors.js';

/** Circuits that are not closed, and the operator's hand on them. */
@Injectable()
export class OpenCircuits {
  constructor(
    private readonly circuits: Circuits,
    private readonly changes: Changes,
  ) {}

  async page({ skip, take }: { skip: number; take: number }): Promise<[Circuit[], number]> {
    const all = await this.circuits.list();
    return [all.slice(skip, skip + take), all.length];
  }

  /** @throws DomainError `routing.circuit_not_found`: it is closed, or nobody knows it */
  async close(by: Principal, key: string): Promise<void> {
    await this.changes.make(by, async () => {
      const before = await this.get(key);
      await this.circuits.close(key);
      return { action: 'circuit.closed', subject: subjectOf(key), before, after: null };
    });
  }

  /** @throws DomainError `routing.circuit_not_found`: it is closed, or nobody knows it */
  async extend(by: Principal, key: string, minutes: number): Promise<Circuit> {
    return this.changes.make(by, async () => {
      const before = await this.get(key);
      await this.circuits.extend(key, minutes);
      return { action: 'circuit.extended', subject: subjectOf(key), before, after: await this.get(key) };
    });
  }

  /** Lets everything through to a provider again, on every platform. */
  async closeAllOf(by: Principal, provider: string): Promise<void> {
    await this.changes.make(by, async () => {
      const closed = await this.circuits.closeAllOf(provider);
      return { action: 'provider.cooldowns_reset', subject: `provider:${provider}`, before: null, after: { closed } };
    });
  }

  private async get(key: string): Promise<Circuit> {
    const circuit = (await this.circuits.list()).find((each) => each.key === key);
    if (!circuit) throw circuitNotFound();
    return circuit;
  }
}

const subjectOf = (key: string) => `circuit:${key}`;
