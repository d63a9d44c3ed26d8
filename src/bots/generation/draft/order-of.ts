import type { Order } from '../../../features/generation/index.js';
import type { BotContext } from '../../../telegram/index.js';
import type { Draft } from './draft.js';

/** What a draft orders when it is confirmed; null when something is missing in it. */
export function orderOf(
  draft: Draft,
  { chat, state: { bot, person } }: Pick<BotContext, 'chat' | 'state'>,
): Order | null {
  const { id, photoKey, productText, kind, wishes, userPrompt, count } = draft;
  if (!chat || photoKey === null || productText === null || kind === null || count === null) return null;
  const { tgUserId, language } = person;
  const from = { bot, chatId: chat.id, tgUserId, language };
  return { ...from, draftId: id, kind, photoKey, productText, wishes, userPrompt, count };
}
