import { ProviderError } from '../../errors/provider-error.js';
import type { Platform } from '../../links/media-link.js';
import type { ProviderCall, ProviderReadiness, ProviderSetup } from '../provider.js';

const NO_DOOR = 'It has neither a key nor an address';

/** An API can be asked as soon as something leads to it. */
export function apiReadiness({ baseUrl }: ProviderSetup, platforms: readonly Platform[]): ProviderReadiness {
  return baseUrl === null ? { ready: false, reason: NO_DOOR, platforms } : { ready: true, platforms };
}

/** @throws ProviderError CONFIG when nothing leads to the API */
export function baseUrlOf({ name, baseUrl }: ProviderSetup): string {
  if (baseUrl === null) throw new ProviderError('CONFIG', `${name}: ${NO_DOOR}`);
  return baseUrl;
}

/**
 * Before anything is paid for.
 * @param ownLimitSec what the API itself takes at most
 * @throws ProviderError when the medium is known to be longer than is taken
 */
export function refuseTooLong({ durationSec, limits, setup }: ProviderCall, ownLimitSec = Infinity): void {
  const limitSec = Math.min(limits.maxDurationSec, setup.options.maxDurationSec ?? Infinity, ownLimitSec);
  if (durationSec === null || durationSec <= limitSec) return;
  throw new ProviderError('CONTENT_TOO_LONG', `${durationSec} s are more than ${limitSec} s`);
}
