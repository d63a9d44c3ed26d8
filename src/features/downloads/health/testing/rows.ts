import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../platform/database/database.js';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';
import { newErrorRef } from '../../requests/error-ref.js';

type Row<Entity> = Partial<Omit<Entity, 'request'>>;

/** A delivered video of YouTube, unless told otherwise. @returns its id */
export async function writeRequest(database: Database, changes: Row<DownloadRequest> = {}): Promise<string> {
  const id = randomUUID();
  await database.repository(DownloadRequest).insert({
    id,
    errorRef: newErrorRef(),
    bot: 'downloader',
    chatId: 1,
    messageId: 1,
    tgUserId: 1,
    language: 'en',
    link: 'https://youtu.be/x',
    canonicalUrl: 'https://www.youtube.com/watch?v=x',
    platform: 'youtube',
    mediaKey: 'youtube:x',
    options: { quality: 'best', kind: 'video' },
    state: 'delivered',
    timings: {},
    ...changes,
  });
  return id;
}

/** An attempt of yt-dlp that succeeded within a second, of a request of its own, unless told otherwise. */
export async function writeAttempt(
  database: Database,
  { startedAt, ...changes }: Row<DownloadAttempt> & { startedAt: Date },
): Promise<void> {
  const { platform = 'youtube' } = changes;
  const requestId = changes.requestId ?? (await writeRequest(database, { platform, createdAt: startedAt }));
  await database.repository(DownloadAttempt).insert({
    provider: 'yt-dlp',
    egress: 'direct',
    platform,
    durationBucket: 'shorts',
    reason: 'ok',
    startedAt,
    endedAt: new Date(startedAt.getTime() + 1_000),
    outcome: 'succeeded',
    tries: [],
    redirectChain: [],
    ...changes,
    requestId,
  });
}

export const failed = { outcome: 'failed', errorClass: 'HARD_KILL', errorCode: 'HTTP_403' } as const;
export const failedByContent = { outcome: 'failed', errorClass: 'CONTENT', errorCode: 'CONTENT_AGE' } as const;
