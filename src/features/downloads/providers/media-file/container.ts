/** How many of the first bytes it takes to tell a container. */
export const SNIFFED_BYTES = 1_024;

const ascii = (bytes: Buffer, from: number, to: number) => bytes.toString('latin1', from, to);
const startsWith = (text: string) => (bytes: Buffer) => ascii(bytes, 0, text.length) === text;
const hex = (digits: string) => (bytes: Buffer) => bytes.toString('hex', 0, digits.length / 2) === digits;

const TS_PACKET = 188;
const IMAGE_BRAND = /^(?:avif|avis|heic|heix|hevc|heim|mif1|msf1)$/;

/** What a file of sound or moving pictures begins with, and the extension that its kind usually has. */
const CONTAINERS: readonly (readonly [extension: string, tells: (bytes: Buffer) => boolean])[] = [
  ['m4a', (bytes) => /^M4[AB]/.test(brandOf(bytes) ?? '')],
  ['mov', (bytes) => brandOf(bytes) === 'qt  ' || /^(?:moov|mdat|wide)$/.test(ascii(bytes, 4, 8))],
  ['mp4', (bytes) => brandOf(bytes) !== null && !IMAGE_BRAND.test(brandOf(bytes) ?? '')],
  ['webm', (bytes) => isMatroska(bytes) && ascii(bytes, 0, 64).includes('webm')],
  ['mkv', (bytes) => isMatroska(bytes)],
  ['ts', (bytes) => bytes.length > 2 * TS_PACKET && [0, 1, 2].every((packet) => bytes[packet * TS_PACKET] === 0x47)],
  ['avi', (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'AVI '],
  ['wav', (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WAVE'],
  ['flv', startsWith('FLV\u0001')],
  ['wmv', hex('3026b2758e66cf11')],
  ['mpg', hex('000001ba')],
  ['ogg', startsWith('OggS')],
  ['flac', startsWith('fLaC')],
  ['gif', startsWith('GIF8')],
  ['mp3', startsWith('ID3')],
  ['aac', (bytes) => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xf6) === 0xf0],
  ['mp3', (bytes) => bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2],
];

/** The extension for a file that begins so; null when it holds neither sound nor moving pictures. */
export function mediaExtension(firstBytes: Buffer): string | null {
  return CONTAINERS.find(([, tells]) => tells(firstBytes))?.[0] ?? null;
}

function brandOf(bytes: Buffer): string | null {
  return ascii(bytes, 4, 8) === 'ftyp' ? ascii(bytes, 8, 12) : null;
}

const isMatroska = hex('1a45dfa3');
