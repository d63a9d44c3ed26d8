import type { DownloadSink, Quota } from '../provider.js';
import type { ApiReply } from './ask-api.js';
import { numberOf } from './json.js';

const REMAINING = /^(x-ratelimit-.+)-remaining$/;

/**
 * What is left, by the `x-ratelimit-{object}-limit, -remaining, -reset` headers of RapidAPI: of several objects
 * (requests, units, the hard limit of a free plan) the one with the least. `-reset` is in seconds from now.
 */
export function quotaIn(headers: Readonly<Record<string, string>>, now: Date): Quota | null {
  const quotas = Object.entries(headers).flatMap(([name, value]): Quota[] => {
    const object = REMAINING.exec(name)?.[1];
    const remaining = numberOf(value);
    if (object === undefined || remaining === null) return [];
    const resetSec = numberOf(headers[`${object}-reset`]);
    const resetAt = resetSec === null ? null : new Date(now.getTime() + resetSec * 1_000).toISOString();
    return [{ limit: numberOf(headers[`${object}-limit`]), remaining, resetAt }];
  });
  return quotas.sort((a, b) => a.remaining - b.remaining)[0] ?? null;
}

/** Answers tell it whether they are refusals or not. */
export function tellQuota({ headers }: ApiReply, now: Date, sink: DownloadSink): void {
  const quota = quotaIn(headers, now);
  if (quota !== null) sink.quota(quota);
}
