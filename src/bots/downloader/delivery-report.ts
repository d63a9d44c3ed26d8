import { Injectable } from '@nestjs/common';
import type { Message } from 'telegraf/types';
import { DownloadDelivery, type SentFile } from '../../features/downloads/index.js';
import { ObservesOutbox, type SettledMessage } from '../../telegram/index.js';

export const DELIVERY_TOPIC = 'downloads.delivery';

const STALE_FILE = /wrong (remote )?file[ _]?id/i;

/** Tells downloads how Telegram took a medium. */
@Injectable()
export class DeliveryReport {
  constructor(private readonly delivery: DownloadDelivery) {}

  @ObservesOutbox(DELIVERY_TOPIC)
  async settled({ reference, state, result, errorCode, error }: SettledMessage): Promise<void> {
    if (state === 'sent') {
      await this.delivery.arrived(reference, sentFile(result as Message));
      return;
    }
    const staleFileId = errorCode === 400 && STALE_FILE.test(error ?? '');
    await this.delivery.refused(reference, { staleFileId, code: `TELEGRAM_${errorCode ?? 'UNKNOWN'}` });
  }
}

/** null for a kind of answer that we do not know: the file has arrived all the same. */
function sentFile(message: Message): SentFile | null {
  if ('video' in message) {
    const { file_id, file_unique_id, file_size = 0, width, height, duration } = message.video;
    return { ...ids(file_id, file_unique_id, file_size), asDocument: false, width, height, durationSec: duration };
  }
  // A silent short clip comes back as an animation, with the same file under `document`.
  if ('document' in message) {
    const { file_id, file_unique_id, file_size = 0 } = message.document;
    return {
      ...ids(file_id, file_unique_id, file_size),
      asDocument: true,
      width: null,
      height: null,
      durationSec: null,
    };
  }
  return null;
}

function ids(fileId: string, fileUniqueId: string, sizeBytes: number) {
  return { fileId, fileUniqueId, sizeBytes };
}
