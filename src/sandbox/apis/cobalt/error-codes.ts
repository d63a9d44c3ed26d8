/** What comes after `error.api.` in the errors of a cobalt instance. */
export const ERROR_CODES: readonly string[] = [
  ...['auth.key.missing', 'auth.key.not_api_key', 'auth.key.invalid', 'auth.key.not_found', 'auth.key.invalid_ip'],
  ...['auth.key.ip_not_allowed', 'auth.key.ua_not_allowed', 'auth.jwt.missing', 'auth.jwt.invalid'],
  ...['auth.turnstile.missing', 'auth.turnstile.invalid', 'auth.not_configured'],
  ...['header.accept', 'header.content_type', 'invalid_body', 'rate_exceeded', 'generic', 'capacity'],
  ...['unreachable', 'timed_out', 'fetch.rate', 'fetch.fail', 'fetch.critical', 'fetch.critical.core'],
  ...['fetch.short_link', 'fetch.empty', 'youtube.login', 'youtube.token_expired', 'youtube.decipher'],
  ...['youtube.no_session_tokens', 'youtube.api_error', 'youtube.drm', 'youtube.no_matching_format'],
  ...['youtube.no_hls_streams', 'youtube.disabled_main_instance', 'link.missing', 'link.invalid', 'link.unsupported'],
  ...['service.unsupported', 'service.disabled', 'service.audio_not_supported', 'content.video.unavailable'],
  ...['content.video.live', 'content.video.private', 'content.video.age', 'content.video.region', 'content.region'],
  ...['content.paid', 'content.post.unavailable', 'content.post.private', 'content.post.age', 'content.too_long'],
];
