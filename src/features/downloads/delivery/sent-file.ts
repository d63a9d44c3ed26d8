/** As what Telegram shows a file. */
export type MediaKind = 'video' | 'photo' | 'audio' | 'document';

/** A file that Telegram has, as it told us of it. */
export interface SentFile {
  kind: MediaKind;
  fileId: string;
  fileUniqueId: string;
  sizeBytes: number;
  width: number | null;
  height: number | null;
  durationSec: number | null;
}
