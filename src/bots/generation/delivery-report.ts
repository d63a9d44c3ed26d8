import { Injectable } from '@nestjs/common';
import type { Message } from 'telegraf/types';
import { VideoDelivery, type SendingEnd } from '../../features/generation/index.js';
import { ObservesOutbox, type SettledMessage } from '../../telegram/index.js';

export const DELIVERY_TOPIC = 'generation.delivery';

const STALE_FILE = /wrong (remote )?file[ _]?id/i;
/** The person has deleted his account, or the chat. */
const NO_CHAT = /chat not found/i;

/** Tells generation how Telegram took a video. */
@Injectable()
export class DeliveryReport {
  constructor(private readonly delivery: VideoDelivery) {}

  @ObservesOutbox(DELIVERY_TOPIC)
  async settled(message: SettledMessage): Promise<void> {
    await this.delivery.settled(message.reference, endOf(message));
  }
}

/** A video of which Telegram has twice not said whether it has it most likely arrived, and is among his videos anyway. */
function endOf({ state, result, errorCode, error }: SettledMessage): SendingEnd {
  if (state === 'sent') return { state, fileId: fileIdOf(result as Message) };
  if (state === 'unknown') return { state: 'sent', fileId: null };
  const message = error ?? '';
  if (errorCode === 403 || NO_CHAT.test(message)) return { state: 'blocked' };
  if (errorCode === 400 && STALE_FILE.test(message)) return { state: 'stale' };
  return { state: 'refused', code: `TELEGRAM_${errorCode ?? 'UNKNOWN'}`, message };
}

/** A silent short clip comes back as an animation, which cannot be sent as a video again. */
function fileIdOf(message: Message): string | null {
  return 'video' in message ? message.video.file_id : null;
}
