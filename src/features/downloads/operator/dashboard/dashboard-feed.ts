import { Injectable, Logger, type MessageEvent } from '@nestjs/common';
import {
  EMPTY,
  Observable,
  ReplaySubject,
  catchError,
  defer,
  distinctUntilChanged,
  exhaustMap,
  from,
  map,
  share,
  startWith,
} from 'rxjs';
import { Clock } from '../../../../platform/clock/clock.js';
import { ticks } from '../../../../platform/clock/ticks.js';
import { DashboardService } from './dashboard.service.js';
import { dashboardAt, type Snapshot } from './snapshot.js';

const READ_EVERY_MS = 2_000;

/**
 * The dashboard to whoever watches it: at once, and again when something has changed. All watchers of this process share
 * one reading, and nothing is read while nobody watches.
 */
@Injectable()
export class DashboardFeed {
  private readonly logger = new Logger(DashboardFeed.name);
  private readonly snapshots: Observable<Snapshot>;

  constructor(
    private readonly dashboard: DashboardService,
    private readonly clock: Clock,
  ) {
    this.snapshots = ticks(clock, READ_EVERY_MS).pipe(
      startWith(undefined),
      exhaustMap(() => this.read()),
      distinctUntilChanged((before, now) => JSON.stringify(before) === JSON.stringify(now)),
      share({ connector: () => new ReplaySubject(1) }),
    );
  }

  watch(): Observable<MessageEvent> {
    return this.snapshots.pipe(map((snapshot) => ({ data: dashboardAt(this.clock.now(), snapshot) })));
  }

  /** A reading that fails is left out: the next may go well. */
  private read(): Observable<Snapshot> {
    return defer(() => from(this.dashboard.read())).pipe(
      catchError((error: unknown) => {
        this.logger.warn({ err: error }, 'The dashboard could not be read');
        return EMPTY;
      }),
    );
  }
}
