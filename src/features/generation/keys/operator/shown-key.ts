import { mask } from '../../../../platform/crypto/mask.js';
import type { GenerationKey } from '../generation-key.entity.js';
import { UNDECIPHERABLE } from '../key-safe.js';

/** A key as it may be shown: without what it opens. */
export type ShownKey = Pick<
  GenerationKey,
  | 'id'
  | 'name'
  | 'account'
  | 'status'
  | 'blockedUntil'
  | 'blockReason'
  | 'inFlight'
  | 'requests'
  | 'failures'
  | 'lastUsedAt'
  | 'balance'
> & { keyMasked: string };

/** @param opened null: it cannot be opened any more, and is there to be replaced */
export function shownKey(key: GenerationKey, opened: string | null, now: Date): ShownKey {
  const { id, name, account, inFlight, requests, failures, lastUsedAt, balance } = key;
  const keyMasked = mask(opened ?? '');
  const standing = standingOf(key, opened !== null, now);
  return { id, name, account, keyMasked, ...standing, inFlight, requests, failures, lastUsedAt, balance };
}

type Standing = Pick<GenerationKey, 'status' | 'blockedUntil' | 'blockReason'>;

function standingOf({ status, blockedUntil, blockReason }: GenerationKey, opens: boolean, now: Date): Standing {
  if (!opens && status !== 'disabled') return { status: 'invalid', blockedUntil: null, blockReason: UNDECIPHERABLE };
  if (blockedUntil !== null && blockedUntil <= now) return { status: 'active', blockedUntil: null, blockReason: null };
  return { status, blockedUntil, blockReason };
}
