const startsWith =
  (...bytes: number[]) =>
  (head: Buffer) =>
    head.subarray(0, bytes.length).equals(Buffer.from(bytes));
const ascii = (head: Buffer, from: number, to: number) => head.toString('latin1', from, to);
const brandOf = (head: Buffer) => (ascii(head, 4, 8) === 'ftyp' ? ascii(head, 8, 12) : '');

const PICTURES: readonly (readonly [extension: string, tells: (head: Buffer) => boolean])[] = [
  ['jpg', startsWith(0xff, 0xd8, 0xff)],
  ['png', startsWith(0x89, 0x50, 0x4e, 0x47)],
  ['webp', (head) => ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WEBP'],
  ['gif', (head) => ascii(head, 0, 4) === 'GIF8'],
  ['avif', (head) => /^avi[fs]$/.test(brandOf(head))],
  ['heic', (head) => /^(?:hei[cmx]|hevc|mif1|msf1)$/.test(brandOf(head))],
];

/** The extension for a picture that begins so, of which 12 bytes are enough; null when it is none. */
export function pictureExtension(head: Buffer): string | null {
  return PICTURES.find(([, tells]) => tells(head))?.[0] ?? null;
}
