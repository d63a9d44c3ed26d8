import type { InlineKeyboardButton } from 'telegraf/types';
import { escapeHtml } from '../../../features/bot-messages/index.js';
import type { GenerationJob } from '../../../features/generation/index.js';
import { cutText } from '../../downloader/cut-text.js';

type Video = Pick<GenerationJob, 'id' | 'kind' | 'productText' | 'status'>;

const PRODUCT_LENGTH = 60;

/** `3. 20 Nov · UGC · A red mug · ✅`. Telegram HTML. */
export function videoLine(
  { kind, productText, status }: Video,
  number: number,
  day: string,
  say: (key: string) => string,
): string {
  const product = escapeHtml(cutText(productText.replace(/\s+/g, ' '), PRODUCT_LENGTH));
  const state = say(status === 'delivered' ? 'videos.ready' : 'videos.moving');
  return `${number}. ${day} · ${say(`button.${kind}`)} · ${product} · ${state}`;
}

/** The numbers of those that can be sent. */
export function videoButtons(videos: readonly Video[], first: number): InlineKeyboardButton[] {
  return videos.flatMap(({ id, status }, index) =>
    status === 'delivered' ? [{ text: String(first + index), callback_data: `video:${id}` }] : [],
  );
}
