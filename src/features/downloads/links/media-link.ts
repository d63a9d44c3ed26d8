export const PLATFORMS = ['youtube', 'youtube_shorts', 'tiktok', 'instagram', 'pinterest', 'direct'] as const;
export type Platform = (typeof PLATFORMS)[number];

/** A link told and normalised: every form of the same medium has the same `mediaKey`. */
export interface MediaLink {
  platform: Platform;
  /** `platform:nativeId`; for `direct` the SHA-256 of the normalised URL; null while a short link is unresolved. */
  mediaKey: string | null;
  /** Without tracking parameters. */
  canonicalUrl: string;
}
