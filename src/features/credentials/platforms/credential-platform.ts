/** Where a user may have accounts. */
export const CREDENTIAL_PLATFORMS = [
  'zoom',
  'youtube',
  'vk_video',
  'yandex_disk',
  'google_drive',
  'dropbox',
  'telegram',
  'rutube',
] as const;
export type CredentialPlatform = (typeof CREDENTIAL_PLATFORMS)[number];

/** The `{platform}` of `/oauth/{platform}/…`, and the kind of credential that it makes. */
export const OAUTH_PLATFORMS = {
  youtube: 'youtube',
  vk: 'vk_video',
  zoom: 'zoom',
  google_drive: 'google_drive',
  yandex_disk: 'yandex_disk',
  dropbox: 'dropbox',
} as const satisfies Record<string, CredentialPlatform>;
export type OAuthPlatformName = keyof typeof OAUTH_PLATFORMS;
