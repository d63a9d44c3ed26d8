import type { ConfigGroup, ConfigOf } from '../config/settings.js';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JobPayload = Record<string, Json>;

type ReadConfig = <G extends ConfigGroup>(group: G) => ConfigOf<G>;

/** A kind of background work: its name is its Bull queue. Payloads hold ids, not rows. */
export interface JobDefinition<P extends JobPayload = JobPayload> {
  /** `feature.verb`, e.g. `downloads.run`. */
  name: string;
  /** How many of them one process works on at once; may be a setting. */
  concurrency(config: ReadConfig): number;
  /** Tries in all; a failed one is repeated after `backoffMs`, doubled each time. */
  attempts: number;
  backoffMs: number;
  /**
   * `{rowId}-{step}-{n}`: while Bull holds a job with this id another one of the same id is not added, so that asking
   * twice is harmless.
   */
  id(payload: P): string;
  /** Carries the type only. */
  payload?: P;
}

type Definition<P extends JobPayload> = Pick<JobDefinition<P>, 'name' | 'id'> & Partial<JobDefinition<P>>;

export function defineJob<P extends JobPayload>(definition: Definition<P>): JobDefinition<P> {
  return { concurrency: () => 1, attempts: 1, backoffMs: 1_000, ...definition };
}
