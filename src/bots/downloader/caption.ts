import { escapeHtml } from '../../features/bot-messages/index.js';
import { cutText } from '../../telegram/index.js';

const LIMIT = 1_024;

/** Title and note under a video. Telegram counts what is left after its markup is read: the title is cut before it is escaped. */
export function captionOf(title: string | null, note: string | null): string {
  const room = LIMIT - (note === null ? 0 : note.length + 2);
  const shown = escapeHtml(cutText(title ?? '', room));
  return [shown, note].filter(Boolean).join('\n\n');
}
