import { Injectable, Logger, type BeforeApplicationShutdown, type MessageEvent } from '@nestjs/common';
import {
  EMPTY,
  Observable,
  ReplaySubject,
  Subject,
  catchError,
  defer,
  distinctUntilChanged,
  exhaustMap,
  from,
  map,
  merge,
  share,
  startWith,
  takeUntil,
} from 'rxjs';
import { Clock } from '../../../../platform/clock/clock.js';
import { DashboardService } from './dashboard.service.js';
import { dashboardAt, type Snapshot } from './snapshot.js';

const READ_EVERY_MS = 2_000;
/** Whatever stands between must not take the line for dead. */
const HEARTBEAT_EVERY_MS = 15_000;

/**
 * The dashboard to whoever watches it: at once, and again when something has changed. All watchers of this process share
 * one reading, and nothing is read while nobody watches.
 */
@Injectable()
export class DashboardFeed implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DashboardFeed.name);
  private readonly closing = new Subject<void>();
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
    const dashboards = this.snapshots.pipe(map((snapshot) => ({ data: dashboardAt(this.clock.now(), snapshot) })));
    const heartbeats = ticks(this.clock, HEARTBEAT_EVERY_MS).pipe(map(() => ({ comment: 'still here' })));
    return merge(dashboards, heartbeats).pipe(takeUntil(this.closing));
  }

  beforeApplicationShutdown(): void {
    this.closing.next();
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

/** Emits at a fixed pace until nobody listens any more. */
function ticks(clock: Clock, everyMs: number): Observable<void> {
  return new Observable((listener) => {
    const stop = new AbortController();
    const wait = () => {
      clock.delay(everyMs, stop.signal).then(
        () => {
          listener.next();
          if (!stop.signal.aborted) wait();
        },
        () => undefined, // Nobody listens any more.
      );
    };
    wait();
    return () => {
      stop.abort();
    };
  });
}
