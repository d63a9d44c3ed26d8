const LONGEST = 200;
/** More of a message says nothing new, and takes time to look through. */
const READ = 2_000;

const HEX_OR_UUID =
  /\b(?:0x[0-9a-f]+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{6,})\b/g;
const IP_ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b|\[?(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\]?(?::\d+)?/g;
const HOST = /\b(?:[a-z0-9-]{1,63}\.)+[a-z]{2,}(?::\d+)?\b/g;
const MIXED_TOKEN = /(?<![\p{L}\d<])(?=[a-z_-]*\d)(?=[\d_-]*[a-z])[\w-]{8,}/gu;

/** What differs from one occurrence of an error to the next, and what stands for it. */
const DETAILS: [RegExp, string][] = [
  [/\bhttps?:\/\/[^\s"'«»<>]+/g, '<url>'],
  [/"[^"]*"|«[^»]*»|`[^`]*`|(?<![\p{L}\d])'[^']*'(?![\p{L}\d])/gu, '<text>'],
  // yt-dlp: «[youtube] dQw4w9WgXcQ: Video unavailable».
  [/(\[[\w:+-]+\]) [^\s:]+:/g, '$1 <id>:'],
  [HEX_OR_UUID, '<id>'],
  [IP_ADDRESS, '<host>'],
  [HOST, '<host>'],
  [MIXED_TOKEN, '<id>'],
  [/\d+(?:[.,:]\d+)*/g, '#'],
  [/\s+/g, ' '],
];

/**
 * What all occurrences of an error have in common: its code and its message without numbers, ids, hosts, addresses and
 * what stands in quotes, in small letters, at most 200 characters.
 */
export function signatureOf(code: string, message: string): string {
  const details = DETAILS.reduce(
    (text, [detail, placeholder]) => text.replace(detail, placeholder),
    message.slice(0, READ).toLowerCase(),
  );
  return Array.from(`${code.toLowerCase()}: ${details.trim()}`).slice(0, LONGEST).join('');
}
