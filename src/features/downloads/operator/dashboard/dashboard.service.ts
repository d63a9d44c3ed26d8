import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { Circuits } from '../../routing/gate/circuits.js';
import { RoutingTable } from '../../routing/routing-table.js';
import { DashboardRepository } from './dashboard.repository.js';
import { snapshotOf, type Snapshot } from './snapshot.js';

const HOUR_MS = 3_600_000;
const HOURS = 24;

@Injectable()
export class DashboardService {
  constructor(
    private readonly table: RoutingTable,
    private readonly circuits: Circuits,
    private readonly counts: DashboardRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes as long as the slowest of its questions: they are asked at once. */
  async read(): Promise<Snapshot> {
    const now = this.clock.now();
    const hours = lastHours(now);
    const since = hours[0] ?? now;
    const [{ providers }, circuits, requests, attempts, recentErrors] = await Promise.all([
      this.table.read(),
      this.circuits.list(),
      this.counts.requests(since),
      this.counts.attempts(since),
      this.counts.recentErrors(since),
    ]);
    const inOrder = [...providers.values()].sort((a, b) => a.row.priority - b.row.priority);
    return snapshotOf({ hours, providers: inOrder, circuits, requests, attempts, recentErrors }, now);
  }
}

/** Their beginnings, the hour that goes on is the last. */
function lastHours(now: Date): Date[] {
  const current = Math.floor(now.getTime() / HOUR_MS);
  return Array.from({ length: HOURS }, (_, index) => new Date((current - HOURS + 1 + index) * HOUR_MS));
}
