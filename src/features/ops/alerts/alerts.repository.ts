import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { narrow } from '../../../platform/http-server/filters.js';
import { pageWindow, type PageQuery } from '../../../platform/http-server/paging.js';
import { Alert, type DoneAction } from './alert.entity.js';
import type { AlertDefinition } from './alert-definition.js';

export interface AlertFilter {
  state?: 'open' | 'resolved';
  name?: string;
  subject?: string;
}

@Injectable()
export class AlertsRepository {
  constructor(private readonly database: Database) {}

  /** Opens an alert, or notes that the open one goes on. Until the end of the transaction nobody else changes it. */
  async see(
    { name, severity, quietMin, actions }: AlertDefinition,
    subject: string,
    params: Alert['params'],
    now: Date,
  ): Promise<number> {
    const [row] = await this.database.query<{ id: string }>(
      `INSERT INTO alerts AS known
         (name, severity, subject, params, actions, quiet_min, presses, raised_at, last_seen_at)
       VALUES ($1, $2, $3, $4, $5, $6, '[]', $7, $7)
       ON CONFLICT (name, subject) WHERE resolved_at IS NULL DO UPDATE SET
         severity = EXCLUDED.severity, params = EXCLUDED.params, actions = EXCLUDED.actions,
         quiet_min = EXCLUDED.quiet_min, count = known.count + 1,
         last_seen_at = greatest(known.last_seen_at, EXCLUDED.last_seen_at)
       RETURNING id`,
      [name, severity, subject, JSON.stringify(params), JSON.stringify(actions), quietMin, now],
    );
    if (!row) throw new Error('An upsert has returned nothing');
    return Number(row.id);
  }

  /** Claims the telling of an open alert. @returns null while its subject is in its quiet time */
  async markTold(id: number, now: Date): Promise<Alert | null> {
    const told = await this.database.query(
      `UPDATE alerts AS alert SET last_told_at = $2, tellings = tellings + 1
       WHERE id = $1 AND resolved_at IS NULL
         AND (last_told_at IS NULL OR last_told_at <= $2::timestamptz - make_interval(mins => quiet_min))
         AND NOT EXISTS (
           SELECT FROM alerts earlier
           WHERE earlier.name = alert.name AND earlier.subject = alert.subject AND earlier.id <> alert.id
             AND earlier.last_told_at > $2::timestamptz - make_interval(mins => alert.quiet_min)
         )
       RETURNING id`,
      [id, now],
    );
    return told.length > 0 ? this.find(id) : null;
  }

  /** @returns null when none is open */
  async resolve(name: string, subject: string, now: Date): Promise<Alert | null> {
    const [row] = await this.database.query<{ id: string }>(
      `UPDATE alerts SET resolved_at = $3 WHERE name = $1 AND subject = $2 AND resolved_at IS NULL RETURNING id`,
      [name, subject, now],
    );
    return row ? this.find(Number(row.id)) : null;
  }

  /** Subjects of the open alerts of a kind. */
  async openSubjects(name: string): Promise<string[]> {
    const open = await this.alerts.find({ select: { subject: true }, where: { name, resolvedAt: IsNull() } });
    return open.map(({ subject }) => subject);
  }

  /** Until the end of the transaction nobody else changes it. */
  lock(id: number): Promise<Alert | null> {
    return this.alerts.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async addPress(id: number, press: DoneAction): Promise<Alert | null> {
    await this.database.query('UPDATE alerts SET presses = presses || $2::jsonb WHERE id = $1', [
      id,
      JSON.stringify([press]),
    ]);
    return this.find(id);
  }

  /** Open, and the operator does not know. */
  async untold(): Promise<number[]> {
    const where = { resolvedAt: IsNull(), lastToldAt: IsNull() };
    return (await this.alerts.find({ select: { id: true }, where, order: { id: 'ASC' } })).map(({ id }) => id);
  }

  /** The newest first. */
  page({ state, name, subject }: AlertFilter, query: PageQuery): Promise<[Alert[], number]> {
    const { skip, take } = pageWindow(query);
    return narrow(
      this.alerts.createQueryBuilder('alert').orderBy('alert.id', 'DESC').skip(skip).take(take),
      { open: state && state === 'open', name, subject },
      { open: '(alert.resolvedAt IS NULL) = :open' },
    ).getManyAndCount();
  }

  private find(id: number): Promise<Alert | null> {
    return this.alerts.findOneBy({ id });
  }

  private get alerts() {
    return this.database.repository(Alert);
  }
}
