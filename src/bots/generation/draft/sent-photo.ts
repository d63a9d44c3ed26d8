import type { Message } from 'telegraf/types';

/** A picture that somebody has sent: as a photo, or as a file that may be one. */
export interface SentPhoto {
  fileId: string;
  /** Photos of one album share it. */
  albumId: string | null;
}

/** Of a photo the largest of its sizes. Whether a file is a picture is seen when it is opened. */
export function photoIn(message: Message): SentPhoto | null {
  const albumId = albumOf(message);
  if ('photo' in message) {
    const largest = message.photo.toSorted((a, b) => b.width * b.height - a.width * a.height)[0];
    return largest ? { fileId: largest.file_id, albumId } : null;
  }
  // Telegram shows a silent clip as an animation, and as the document that it is.
  if ('document' in message && !('animation' in message)) return { fileId: message.document.file_id, albumId };
  return null;
}

export function albumOf(message: Message): string | null {
  return 'media_group_id' in message ? (message.media_group_id ?? null) : null;
}
