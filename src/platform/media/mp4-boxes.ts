import { open } from 'node:fs/promises';

/** Top-level boxes are few; a file made to keep us busy has more. */
const MAX_BOXES = 1000;
/** One of these begins every file of the MP4 family. */
const FIRST_TYPES = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'styp', 'pnot']);

/** Whether `moov` comes before `mdat`, read from the heads of the top-level boxes; null when it is no such file. */
export async function isIndexInFront(file: string): Promise<boolean | null> {
  const handle = await open(file);
  try {
    const head = Buffer.alloc(16);
    let position = 0;
    for (let count = 0; count < MAX_BOXES; count += 1) {
      const { bytesRead } = await handle.read(head, 0, 16, position);
      if (bytesRead < 8) return null;
      const type = head.toString('latin1', 4, 8);
      if (count === 0 && !FIRST_TYPES.has(type)) return null;
      if (type === 'moov') return true;
      if (type === 'mdat') return false;
      const size = boxSize(head, bytesRead);
      if (size === null) return null;
      position += size;
    }
    return null;
  } finally {
    await handle.close();
  }
}

/** Bytes up to the next box; null for the last box (size 0: to the end of the file) and for nonsense. */
function boxSize(head: Buffer, bytesRead: number): number | null {
  const short = head.readUInt32BE(0);
  if (short !== 1) return short >= 8 ? short : null;
  const long = bytesRead === 16 ? head.readBigUInt64BE(8) : 0n;
  return long >= 16n && long <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(long) : null;
}
