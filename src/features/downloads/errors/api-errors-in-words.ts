import type { ErrorCode } from './error-codes.js';

/**
 * APIs that answer 200 to everything tell a failure in words, and publish no list of them. The first that matches wins:
 * what speaks of us goes before what speaks of the medium, and what is special before what is general.
 */
const RULES: readonly (readonly [tells: RegExp, code: ErrorCode])[] = [
  [/\bendpoint\b|\bapi does ?n.t exist/, 'PROVIDER_BUG'],
  [/\bquota\b|(?:insufficient|not enough|no) (?:credits?|balance|funds)/, 'QUOTA'],
  [/\bapi[ _-]?key\b|not subscribed|unauthori[sz]ed/, 'CONFIG'],
  [/too many requests|rate.?limit/, 'HTTP_429'],
  [
    /(?:service|server|temporarily) (?:is )?(?:temporarily )?(?:unavailable|overloaded)|internal server error/,
    'UPSTREAM_5XX',
  ],
  [/not a bot\b/, 'BLOCK_IP'],
  [/\bage\b|\b18(?:\+| years)|inappropriate/, 'CONTENT_AGE'],
  [/\bprivate\b|members.only|log ?in (?:is )?required/, 'CONTENT_PRIVATE'],
  [/in your (?:country|location|region)|\bgeo\b|geo.?(?:block|restrict)/, 'CONTENT_GEO'],
  [/\bdrm\b/, 'CONTENT_DRM'],
  [/copyright/, 'CONTENT_GONE'],
  [/too long|duration/, 'CONTENT_TOO_LONG'],
  [/\blive ?(?:stream|event)?s?\b|premiere/, 'CONTENT_LIVE'],
  [/format (?:is )?(?:not available|unavailable|not supported)|unsupported format/, 'NO_FORMAT'],
  [
    /unavailable|not available|removed|deleted|does ?n.t exist|(?:video|post|media|content|pin|page) (?:was )?not found/,
    'CONTENT_GONE',
  ],
  [/(?:unsupported|invalid|wrong) (?:url|link)|(?:url|link) is (?:invalid|not (?:valid|supported))/, 'USER_URL'],
];

/** null when the words say nothing that is known. */
export function codeOfApiWords(words: string | null): ErrorCode | null {
  const text = words?.toLowerCase() ?? '';
  return RULES.find(([tells]) => tells.test(text))?.[1] ?? null;
}
