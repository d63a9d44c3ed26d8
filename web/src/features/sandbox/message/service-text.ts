import { fullName, type TgMessage } from '../model/bot-api';
import type { SandboxTexts } from '../texts.en';

/** Words for what Telegram itself says in a chat; null for ordinary messages. */
export function serviceText(message: TgMessage, { message: t }: SandboxTexts): string | null {
  if (message.group_chat_created) return t.groupCreated(message.chat.title ?? '');
  if (message.new_chat_members) return t.joined(message.new_chat_members.map(fullName).join(', '));
  if (message.left_chat_member) return t.left(fullName(message.left_chat_member));
  if (message.pinned_message) return t.pinned;
  return null;
}
