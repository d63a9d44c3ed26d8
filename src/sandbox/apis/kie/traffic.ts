import type { Clock } from '../../../platform/clock/clock.js';
import type { Reaction } from '../answer.js';
import { mask } from '../masking.js';
import { CallTimes } from './call-times.js';
import { type Caller } from './callers.js';

const CREATIONS = { limit: 20, windowMs: 10_000 };
const QUERIES = { limit: 10, windowMs: 1000 };
const REMEMBERED = 20_000;

/** A call of createTask, as it went. */
export interface Creation {
  /** ISO 8601, when the call came. */
  at: string;
  account: string;
  jobId: string | null;
  taskId: string | null;
  /** The code of the body; null when nothing was answered, or no JSON. */
  code: number | null;
}

export interface CallsView {
  count: number;
  /** Too many, answered 429. */
  refused: number;
  /** The most that came within a window: 10 s of createTask, 1 s of queries. */
  busiest: number;
}

export interface KeyCallsView extends CallsView {
  /** Masked: panels may know real ones. */
  key: string;
}

/** Who called how often: the limits of accounts and keys, and what tests want to know about them. */
export class Traffic {
  private readonly creationTimes = new Map<string, CallTimes>();
  private readonly queryTimes = new Map<string, { account: string; times: CallTimes }>();
  private creations: Creation[] = [];

  constructor(private readonly clock: Clock) {}

  /** Counts a call of createTask; false when it is one too many. */
  create({ account }: Caller): boolean {
    let times = this.creationTimes.get(account);
    if (!times) this.creationTimes.set(account, (times = new CallTimes(CREATIONS.limit, CREATIONS.windowMs)));
    return times.hit(this.clock.now().getTime());
  }

  /** Counts a query; false when it is one too many. */
  query({ account, key }: Caller): boolean {
    let entry = this.queryTimes.get(key);
    if (!entry) {
      entry = { account, times: new CallTimes(QUERIES.limit, QUERIES.windowMs) };
      this.queryTimes.set(key, entry);
    }
    return entry.times.hit(this.clock.now().getTime());
  }

  note(creation: Omit<Creation, 'code'>, reaction: Reaction): void {
    this.creations.push({ ...creation, code: codeOf(reaction) });
    if (this.creations.length > REMEMBERED) this.creations.shift();
  }

  /** In the order of time. */
  creationsOf(account?: string): Creation[] {
    return this.creations.filter((creation) => account === undefined || creation.account === account);
  }

  accounts(): string[] {
    return [...this.creationTimes.keys(), ...[...this.queryTimes.values()].map(({ account }) => account)];
  }

  createViewOf(account: string): CallsView {
    return viewOf(this.creationTimes.get(account));
  }

  /** By key, in the order of their first calls. */
  queryViewsOf(account: string): KeyCallsView[] {
    const own = [...this.queryTimes].filter(([, entry]) => entry.account === account);
    return own.map(([key, { times }]) => ({ key: mask(key), ...viewOf(times) }));
  }

  clear(): void {
    this.creationTimes.clear();
    this.queryTimes.clear();
    this.creations = [];
  }
}

const viewOf = (times?: CallTimes): CallsView => ({
  count: times?.count ?? 0,
  refused: times?.refused ?? 0,
  busiest: times?.busiest ?? 0,
});

function codeOf(reaction: Reaction): number | null {
  if (typeof reaction === 'string' || typeof reaction.body === 'string') return null;
  return 'code' in reaction.body && typeof reaction.body.code === 'number' ? reaction.body.code : null;
}
