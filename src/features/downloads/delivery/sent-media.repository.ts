import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { SentMedia } from './sent-media.entity.js';

/** Raised when our fixing of videos gets better: what was sent before is then made anew. */
const FIX_VERSION = 1;

type Medium = Pick<DownloadRequest, 'bot' | 'mediaKey' | 'options'>;
type Sent = Pick<SentMedia, 'title' | 'files'>;

@Injectable()
export class SentMediaRepository {
  constructor(private readonly database: Database) {}

  async find(medium: Medium): Promise<SentMedia | null> {
    const key = keyOf(medium);
    return key && this.database.repository(SentMedia).findOneBy(key);
  }

  async remember(medium: Medium, sent: Sent): Promise<void> {
    const key = keyOf(medium);
    if (!key) return;
    await this.database
      .repository(SentMedia)
      .upsert({ ...key, ...sent }, ['bot', 'mediaKey', 'quality', 'kind', 'fixVersion']);
  }

  /** Telegram does not know the file any more. */
  async forget(medium: Medium): Promise<void> {
    const key = keyOf(medium);
    if (key) await this.database.repository(SentMedia).delete(key);
  }
}

function keyOf({ bot, mediaKey, options: { quality, kind } }: Medium) {
  return mediaKey === null ? null : { bot, mediaKey, quality, kind, fixVersion: FIX_VERSION };
}
