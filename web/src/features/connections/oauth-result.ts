const REASONS = [
  'access_denied',
  'state_invalid',
  'exchange_failed',
  'missing_scope',
  'no_channel',
  'too_many',
  'unavailable',
  'account_gone',
  'unknown',
] as const;

export type OAuthReason = (typeof REASONS)[number];

/** With what a browser comes back from a consent page. */
export interface OAuthResult {
  /** As credentials call it; null when the address names none. */
  platform: string | null;
  /** Why it failed; null when it did not. */
  reason: OAuthReason | null;
}

/** @param query `?oauth=success|error&platform=…&reason=…`; @returns null when it tells of no consent page */
export function oauthResultOf(query: string): OAuthResult | null {
  const fields = new URLSearchParams(query);
  const outcome = fields.get('oauth');
  if (outcome !== 'success' && outcome !== 'error') return null;
  const name = fields.get('platform');
  // The way to VK is called after the company, what it makes after the product.
  const platform = name === 'vk' ? 'vk_video' : name;
  if (outcome === 'success') return { platform, reason: null };
  return { platform, reason: REASONS.find((reason) => reason === fields.get('reason')) ?? 'unknown' };
}
