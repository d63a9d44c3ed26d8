import type { ReadyFile } from '../downloads.frontend.js';
import type { MediaKind } from './sent-file.js';

/** Of one album of Telegram. */
const MOST_IN_ALBUM = 10;

/** What Telegram shows in one album: documents and sound are apart from what is seen. */
const ALBUMS: readonly (readonly MediaKind[])[] = [['video', 'photo'], ['document'], ['audio']];

/**
 * The messages that files are sent in: albums of up to ten of what goes together, in their order; one that is left over is
 * a message of its own.
 * @param maxBytes of new files in one call
 */
export function messagesOf(files: readonly ReadyFile[], maxBytes: number): ReadyFile[][] {
  return ALBUMS.flatMap((kinds) => {
    const together = files.filter(({ kind }) => kinds.includes(kind));
    const messages: ReadyFile[][] = [];
    for (const file of together) {
      const last = messages.at(-1);
      if (last && hasRoom(last, file, maxBytes)) last.push(file);
      else messages.push([file]);
    }
    return messages;
  });
}

function hasRoom(message: ReadyFile[], file: ReadyFile, maxBytes: number): boolean {
  return (
    message.length < MOST_IN_ALBUM && [...message, file].reduce((sum, each) => sum + newBytes(each), 0) <= maxBytes
  );
}

function newBytes({ source }: ReadyFile): number {
  return 'sizeBytes' in source ? source.sizeBytes : 0;
}
