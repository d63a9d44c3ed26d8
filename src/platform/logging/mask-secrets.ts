const MASK = '••••';

/** Fields by their names, at any depth of a record: `password`, `accessToken`, `headers.authorization` … */
const SECRET_FIELD =
  /("(?:[\w-]{0,40}(?:password|token|secret|api_?key)|authorization|(?:set-)?cookie)":)(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi;

/** The token of a Bot API URL, `/bot123:AA…/`; the id before the colon tells which bot it was. */
const BOT_TOKEN = /(\/bot\d+:)[\w-]+/g;

/** Values of query parameters that open something: OAuth codes, signatures of links, keys. */
const QUERY_SECRET =
  /([?&](?:api_?key|code|key|sig|signature|state|[\w-]{0,40}(?:token|secret|password))=)[^&\s"'\\]+/gi;

/** A signed link, which is good for some minutes. */
const FILE_LINK = /(\/api\/v1\/files\/)[\w.-]+/g;

/** 256 bits in base64url, at an end of a path's segment or as all of it: what opens photos and callbacks of providers. */
const PATH_TOKEN = /(?<=[/.])[\w-]{43}(?=[./?#\s"'\\]|$)/g;

/**
 * Hides the secrets in one line of the log, a JSON object, wherever they stand: in fields of their own or inside the
 * URLs of messages, stacks and other fields. It works on the text, since errors carry requests of any depth.
 */
export function maskSecrets(line: string): string {
  return line
    .replace(SECRET_FIELD, `$1"${MASK}"`)
    .replace(BOT_TOKEN, `$1${MASK}`)
    .replace(FILE_LINK, `$1${MASK}`)
    .replace(PATH_TOKEN, MASK)
    .replace(QUERY_SECRET, `$1${MASK}`);
}
