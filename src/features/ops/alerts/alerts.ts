import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Every } from '../../../platform/queue/every.js';
import type { Alert } from './alert.entity.js';
import type { AlertDefinition } from './alert-definition.js';
import { AlertsFrontend } from './alerts-frontend.js';
import { AlertsRepository } from './alerts.repository.js';

export interface AlertCause {
  /** What it is about, e.g. the name of a provider: one open alert of a kind for each. */
  subject: string;
  /** Fill the words. */
  params: Record<string, string | number>;
}

/** Tells the operator what needs him, once, and when it is over. Takes part in the ambient transaction. */
@Injectable()
export class Alerts {
  constructor(
    private readonly database: Database,
    private readonly alerts: AlertsRepository,
    private readonly frontend: AlertsFrontend,
    private readonly clock: Clock,
  ) {}

  /** Harmless to repeat while it lasts: it is told once in its quiet time. */
  async raise(alert: AlertDefinition, { subject, params }: AlertCause): Promise<void> {
    await this.database.transaction(async () => {
      const id = await this.alerts.see(alert, subject, params, this.clock.now());
      if (this.frontend.canTell()) await this.tell(id);
    });
  }

  /** The cause is gone; does nothing when no alert is open. */
  async resolve({ name }: AlertDefinition, subject: string): Promise<void> {
    await this.database.transaction(async () => {
      const alert = await this.alerts.resolve(name, subject, this.clock.now());
      if (alert?.lastToldAt) await this.frontend.resolved(alert);
    });
  }

  /** What is not among `subjects` is there no more: its cause is gone with it. */
  async resolveOthers(alert: AlertDefinition, subjects: ReadonlySet<string>): Promise<void> {
    for (const subject of await this.alerts.openSubjects(alert.name)) {
      if (!subjects.has(subject)) await this.resolve(alert, subject);
    }
  }

  /** The newest of those that go on, and how many there are in all. */
  async open(limit: number): Promise<[Alert[], number]> {
    return this.alerts.page({ state: 'open' }, { page: 1, pageSize: limit });
  }

  /** Tells of what was raised only once, in the quiet time of another or when there was nobody to tell. */
  @Every({ name: 'ops.tell-alerts', everyMs: 15_000 })
  async tellUntold(): Promise<void> {
    if (!this.frontend.canTell()) return;
    for (const id of await this.alerts.untold()) await this.database.transaction(() => this.tell(id));
  }

  private async tell(id: number): Promise<void> {
    const alert = await this.alerts.markTold(id, this.clock.now());
    if (alert) await this.frontend.tell(alert);
  }
}
