import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Events } from '../../../platform/events/events.js';
import { AuditLog, HandlesAlertAction, type AlertPress } from '../../ops/index.js';
import { DownloadProvider } from '../routing/download-provider.entity.js';
import { Circuits, type Circuit } from '../routing/gate/circuits.js';
import { routingChanged } from '../routing/routing.events.js';
import { RoutingTable } from '../routing/routing-table.js';
import { DISABLE, END_COOLDOWN, EXTEND_COOLDOWN } from './alerts.js';
import { circuitsOf } from './closed-ways.js';
import { waysOf } from './ways-of.js';

const EXTEND_MIN = 30;

/** What the buttons under an alert about a provider do. */
@Injectable()
export class ProviderAlertActions {
  constructor(
    private readonly database: Database,
    private readonly table: RoutingTable,
    private readonly circuits: Circuits,
    private readonly audit: AuditLog,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  @HandlesAlertAction(DISABLE)
  async disable({ subject: name, actor }: AlertPress): Promise<void> {
    await this.database.transaction(async () => {
      const changes = { isActive: false, updatedAt: this.clock.now() };
      const { affected } = await this.database.repository(DownloadProvider).update({ name, isActive: true }, changes);
      if (affected === 0) return;
      const [before, after] = [{ isActive: true }, { isActive: false }];
      await this.audit.record({ actor, action: 'provider.updated', subject: `provider:${name}`, before, after });
      await this.events.publish(routingChanged, null);
    });
  }

  @HandlesAlertAction(END_COOLDOWN)
  async endCooldown(press: AlertPress): Promise<void> {
    await this.eachCircuit(press, 'circuit.closed', ({ key }) => this.circuits.close(key));
  }

  @HandlesAlertAction(EXTEND_COOLDOWN)
  async extendCooldown(press: AlertPress): Promise<void> {
    await this.eachCircuit(press, 'circuit.extended', ({ key }) => this.circuits.extend(key, EXTEND_MIN));
  }

  /** Those of its ways out, too: while they are open nothing goes to the provider. */
  private async eachCircuit(
    { subject: name, actor }: AlertPress,
    action: string,
    change: (circuit: Circuit) => Promise<unknown>,
  ): Promise<void> {
    const provider = (await this.table.read()).providers.get(name);
    if (!provider) return;
    const keys = new Set(circuitsOf(waysOf(provider)));
    for (const circuit of (await this.circuits.list()).filter(({ key }) => keys.has(key))) {
      await change(circuit);
      const after = (await this.circuits.list()).find(({ key }) => key === circuit.key) ?? null;
      await this.audit.record({ actor, action, subject: `circuit:${circuit.key}`, before: circuit, after });
    }
  }
}
