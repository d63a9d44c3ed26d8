import type { TgMessage } from '../model/bot-api';
import type { Draft, LocalFile } from '../model/conversation-reducer';

/** One message per file, the words and the reply with the first; without files one message of words, or nothing. */
export function draftsOf(text: string, files: readonly LocalFile[], replyTo: TgMessage | null): Draft[] {
  const words = text.trim();
  const first = replyTo ? { text: words, replyTo } : { text: words };
  if (files.length === 0) return words === '' ? [] : [first];
  return files.map((file, index) => (index === 0 ? { ...first, file } : { text: '', file }));
}
