import type { InlineKeyboardButton } from 'telegraf/types';
import { escapeHtml } from '../../../features/bot-messages/index.js';
import type { GenerationJob } from '../../../features/generation/index.js';
import type { OperatorDay } from '../../../features/ops/index.js';
import { cutText } from '../../downloader/cut-text.js';
import { shortDay } from './receipt-words.js';

type Video = Pick<GenerationJob, 'id' | 'kind' | 'productText' | 'status'>;

const PRODUCT_LENGTH = 60;

/** `3. 20.11 · UGC · A red mug · ✅`. Telegram HTML. */
export function videoLine(
  { kind, productText, status }: Video,
  number: number,
  day: OperatorDay,
  say: (key: string) => string,
): string {
  const product = escapeHtml(cutText(productText.replace(/\s+/g, ' '), PRODUCT_LENGTH));
  const state = say(status === 'delivered' ? 'videos.ready' : 'videos.moving');
  return `${number}. ${shortDay(day)} · ${say(`button.${kind}`)} · ${product} · ${state}`;
}

/** The numbers of those that can be sent. */
export function videoButtons(videos: readonly Video[], first: number): InlineKeyboardButton[] {
  return videos.flatMap(({ id, status }, index) =>
    status === 'delivered' ? [{ text: String(first + index), callback_data: `video:${id}` }] : [],
  );
}
