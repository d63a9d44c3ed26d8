import type { InlineKeyboardButton } from 'telegraf/types';
import { escapeHtml } from '../../../features/bot-messages/index.js';
import type { GenerationJob } from '../../../features/generation/index.js';
import { inOneLine } from '../product-words.js';

type Video = Pick<GenerationJob, 'id' | 'kind' | 'productText' | 'status'>;

/** `3. 20 Nov · UGC · A red mug · ✅`. Telegram HTML. */
export function videoLine(video: Video, number: number, day: string, say: (key: string) => string): string {
  const product = escapeHtml(inOneLine(video));
  const state = say(video.status === 'delivered' ? 'videos.ready' : 'videos.moving');
  return `${number}. ${day} · ${say(`button.${video.kind}`)} · ${product} · ${state}`;
}

/** The numbers of those that can be sent. */
export function videoButtons(videos: readonly Video[], first: number): InlineKeyboardButton[] {
  return videos.flatMap(({ id, status }, index) =>
    status === 'delivered' ? [{ text: String(first + index), callback_data: `video:${id}` }] : [],
  );
}
