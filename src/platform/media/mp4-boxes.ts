import { open, type FileHandle } from 'node:fs/promises';

/** Top-level boxes are few; a file made to keep us busy has more. */
const MAX_BOXES = 1000;
/** One of these begins every file of the MP4 family. */
const FIRST_TYPES = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'styp', 'pnot']);

export interface Mp4Layout {
  /** Whether `moov` comes before `mdat`; null when it is no such file. */
  indexInFront: boolean | null;
  /** A box says that it is longer than what is there of it: the file is not all here. */
  isCutOff: boolean;
}

interface Box {
  type: string;
  from: number;
  /** Null for the last box (size 0: to the end of the file) and for nonsense. */
  size: number | null;
}

/** Read from the heads of the top-level boxes, which costs the same for a film as for a clip. */
export async function mp4Layout(file: string): Promise<Mp4Layout> {
  const handle = await open(file);
  try {
    const { size: fileSize } = await handle.stat();
    const boxes = await topLevelBoxes(handle);
    const first = boxes.find(({ type }) => type === 'moov' || type === 'mdat');
    return {
      indexInFront: first ? first.type === 'moov' : null,
      isCutOff: boxes.some(({ from, size }) => size !== null && from + size > fileSize),
    };
  } finally {
    await handle.close();
  }
}

/** None of another format's file. */
async function topLevelBoxes(handle: FileHandle): Promise<Box[]> {
  const boxes: Box[] = [];
  const head = Buffer.alloc(16);
  let from = 0;
  while (boxes.length < MAX_BOXES) {
    const { bytesRead } = await handle.read(head, 0, 16, from);
    if (bytesRead < 8) break;
    const type = head.toString('latin1', 4, 8);
    if (boxes.length === 0 && !FIRST_TYPES.has(type)) break;
    const size = boxSize(head, bytesRead);
    boxes.push({ type, from, size });
    if (size === null) break;
    from += size;
  }
  return boxes;
}

function boxSize(head: Buffer, bytesRead: number): number | null {
  const short = head.readUInt32BE(0);
  if (short !== 1) return short >= 8 ? short : null;
  const long = bytesRead === 16 ? head.readBigUInt64BE(8) : 0n;
  return long >= 16n && long <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(long) : null;
}
