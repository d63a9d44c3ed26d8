import type { FileField } from '../model/conversation-reducer';

const PHOTO_TYPES = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** How Telegram's apps send a file of this MIME type; what they do not show as a picture or film goes as a file. */
export function fieldFor(mimeType: string): FileField {
  if (PHOTO_TYPES.has(mimeType)) return 'photo';
  return mimeType.startsWith('video/') ? 'video' : 'document';
}
