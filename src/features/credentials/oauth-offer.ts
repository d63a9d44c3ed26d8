import { OAUTH_PLATFORMS, type OAuthPlatformName } from './platforms/credential-platform.js';
import type { Platform } from './platforms/platform.js';

/** Whether an account can be connected by its consent page. */
export interface OAuthOffer {
  available: boolean;
  /** Why not; null when it can. */
  reason: string | null;
  /** The `{platform}` of `/oauth/{platform}/authorize`; null for platforms that know keys only. */
  name: OAuthPlatformName | null;
}

const NAMES = Object.entries(OAUTH_PLATFORMS) as [OAuthPlatformName, string][];

export function oauthOffer({ name: platform, oauth }: Platform): OAuthOffer {
  const name = NAMES.find(([, made]) => made === platform)?.[0] ?? null;
  if (!oauth) return { available: false, reason: 'This platform is connected with keys only', name };
  const { available } = oauth;
  return available === true ? { available, reason: null, name } : { available: false, reason: available, name };
}
