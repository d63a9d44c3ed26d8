import { Injectable } from '@nestjs/common';
import type { Message } from 'telegraf/types';
import { DownloadDelivery, type SentFile } from '../../features/downloads/index.js';
import { ObservesOutbox, type SettledMessage } from '../../telegram/index.js';
import { readReference } from './delivery-reference.js';

export const DELIVERY_TOPIC = 'downloads.delivery';

const STALE_FILE = /wrong (remote )?file[ _]?id/i;

/** Tells downloads how Telegram took a medium. */
@Injectable()
export class DeliveryReport {
  constructor(private readonly delivery: DownloadDelivery) {}

  @ObservesOutbox(DELIVERY_TOPIC)
  async settled({ reference, state, result, errorCode, error }: SettledMessage): Promise<void> {
    const { requestId, part } = readReference(reference);
    if (state === 'sent') {
      await this.delivery.arrived(requestId, sentFiles([result].flat() as Message[]), part);
      return;
    }
    const staleFileId = errorCode === 400 && STALE_FILE.test(error ?? '');
    await this.delivery.refused(requestId, { staleFileId, code: `TELEGRAM_${errorCode ?? 'UNKNOWN'}` }, part);
  }
}

/** null where one is of a kind that we do not know: they have arrived all the same. */
function sentFiles(messages: Message[]): SentFile[] | null {
  const files = messages.map(sentFile);
  return files.every((file) => file !== null) ? files : null;
}

function sentFile(message: Message): SentFile | null {
  if ('video' in message) {
    const { width, height, duration: durationSec } = message.video;
    return { kind: 'video', ...ids(message.video), width, height, durationSec };
  }
  if ('photo' in message) {
    const largest = message.photo.at(-1);
    return largest
      ? { ...NO_SHAPE, kind: 'photo', ...ids(largest), width: largest.width, height: largest.height }
      : null;
  }
  if ('audio' in message) {
    return { ...NO_SHAPE, kind: 'audio', ...ids(message.audio), durationSec: message.audio.duration };
  }
  // A silent short clip comes back as an animation, with the same file under `document`.
  if ('document' in message) {
    const durationSec = 'animation' in message ? message.animation.duration : null;
    return { ...NO_SHAPE, kind: 'document', ...ids(message.document), durationSec };
  }
  return null;
}

const NO_SHAPE = { width: null, height: null, durationSec: null };

function ids(file: { file_id: string; file_unique_id: string; file_size?: number }) {
  return { fileId: file.file_id, fileUniqueId: file.file_unique_id, sizeBytes: file.file_size ?? 0 };
}
