import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { Drain } from '../../../../platform/queue/drain.js';
import { Every } from '../../../../platform/queue/every.js';
import { Redis } from '../../../../platform/redis/redis.js';
import { selfSetup } from '../program/self-setup.js';
import { ProviderRegistry } from '../provider-registry.js';
import { ReleaseIndex } from './release-index.js';

import { ageDays } from './version.js';

const DAY_MS = 86_400_000;
const TOO_LONG_DAYS = 30;
const CHECKED_AT = 'checkedAt';
const WATCHED_SINCE = 'watchedSince';

export interface YtDlpAgeState {
  /** Of the program that is used; null while there is none. */
  version: string | null;
  ageDays: number | null;
  /** The newest release that could be installed and is newer than `version`; null when none is known. */
  newestKnown: string | null;
  /** Since when there has been one to update to: when the first release newer than `version` was seen. */
  newestKnownSince: Date | null;
  /** The last check that got an answer. */
  lastCheckAt: Date | null;
  /** The first check, whatever came of it. */
  watchedSince: Date | null;
}

/** How old yt-dlp is: looks once a day for the newest release, and remembers when each was seen first. */
@Injectable()
export class YtDlpAge {
  private readonly logger = new Logger(YtDlpAge.name);
  private readonly key: string;

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly index: ReleaseIndex,
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {
    this.key = redis.key('yt-dlp', 'releases');
  }

  @Every({ name: 'downloads.yt-dlp-releases', everyMs: DAY_MS })
  async check(): Promise<void> {
    const now = this.clock.now().toISOString();
    const { client } = this.redis;
    await client.hSetNX(this.key, WATCHED_SINCE, now);
    let newest: string;
    try {
      newest = await this.index.newest(this.drain.signal);
    } catch (error) {
      if (this.drain.signal.aborted) return;
      this.logger.warn({ err: error }, 'A newer release of yt-dlp could not be looked for');
      return;
    }
    await client.hSetNX(this.key, newest, now);
    await client.hSet(this.key, CHECKED_AT, now);
    await this.forgetReached();
  }

  async state(): Promise<YtDlpAgeState> {
    const version = await this.version();
    const known = await this.redis.client.hGetAll(this.key);
    const newer = Object.keys(known)
      .filter((field) => isRelease(field) && version !== null && field > version)
      .sort();
    const seen = newer.flatMap((release) => known[release] ?? []).sort();
    return {
      version,
      ageDays: version === null ? null : ageDays(version, this.clock.now()),
      newestKnown: newer.at(-1) ?? null,
      newestKnownSince: dateOf(seen[0]),
      lastCheckAt: dateOf(known[CHECKED_AT]),
      watchedSince: dateOf(known[WATCHED_SINCE]),
    };
  }

  private async forgetReached(): Promise<void> {
    const version = await this.version();
    const seen = Object.keys(await this.redis.client.hGetAll(this.key)).filter(isRelease);
    const reached = seen.filter((release) => version !== null && release <= version);
    if (reached.length > 0) await this.redis.client.hDel(this.key, reached);
  }

  private async version(): Promise<string | null> {
    const provider = this.registry.find('yt-dlp');
    return (provider && (await this.registry.readiness(provider, selfSetup('yt-dlp'))).version) ?? null;
  }
}

/** Why somebody should look after it: a newer release has waited for 30 days, or nobody has known for 30. Null: nothing. */
export function ageConcern(state: YtDlpAgeState, now: Date): string | null {
  const { version, newestKnown, newestKnownSince, lastCheckAt, watchedSince } = state;
  if (version === null) return null;
  if (newestKnown !== null && isLongAgo(newestKnownSince, now)) {
    return `yt-dlp ${version} could have been updated for ${TOO_LONG_DAYS} days, now to ${newestKnown}`;
  }
  if (isLongAgo(lastCheckAt ?? watchedSince, now)) {
    return `for ${TOO_LONG_DAYS} days nobody could tell whether there is a newer yt-dlp than ${version}`;
  }
  return null;
}

function isLongAgo(since: Date | null, now: Date): boolean {
  return since !== null && now.getTime() - since.getTime() >= TOO_LONG_DAYS * DAY_MS;
}

const isRelease = (field: string) => /^\d{4}\./.test(field);
const dateOf = (iso: string | undefined) => (iso === undefined ? null : new Date(iso));
