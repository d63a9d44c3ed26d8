import { cutText } from './cut-text.js';

const LIMIT = 1_024;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Title and note under a video. Telegram counts what is left after its markup is read: the title is cut before it is escaped. */
export function captionOf(title: string | null, note: string | null): string {
  const room = LIMIT - (note === null ? 0 : note.length + 2);
  const shown = cutText(title ?? '', room).replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
  return [shown, note].filter(Boolean).join('\n\n');
}
