import { randomUUID } from 'node:crypto';
import type { Database } from '../../../../platform/database/database.js';
import { DownloadAttempt } from '../../attempts/download-attempt.entity.js';
import { newErrorRef } from '../../requests/error-ref.js';
import { DownloadRequest } from '../../requests/download-request.entity.js';

/** A request as it may stand in the table; the test says what matters. @returns its id */
export async function insertRequest(database: Database, fields: Partial<DownloadRequest> = {}): Promise<string> {
  const id = randomUUID();
  await database.repository(DownloadRequest).insert({
    id,
    errorRef: newErrorRef(),
    bot: 'downloader',
    chatId: 10,
    messageId: 1,
    tgUserId: 10,
    language: 'en',
    link: 'https://youtu.be/dQw4w9WgXcQ',
    canonicalUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    platform: 'youtube',
    mediaKey: 'youtube:dQw4w9WgXcQ',
    options: { quality: 'best', kind: 'video' },
    timings: {},
    ...fields,
  });
  return id;
}

/** An attempt of yt-dlp that went well, unless the test says otherwise. @returns its id */
export async function insertAttempt(
  database: Database,
  { startedAt = new Date('2026-11-20T10:00:00Z'), ...fields }: Partial<DownloadAttempt> & { requestId: string },
): Promise<string> {
  const id = randomUUID();
  await database.repository(DownloadAttempt).insert({
    id,
    provider: 'yt-dlp',
    egress: 'direct',
    platform: 'youtube',
    durationBucket: 'shorts',
    reason: 'ok',
    startedAt,
    endedAt: new Date(startedAt.getTime() + 5_000),
    outcome: 'succeeded',
    tries: [],
    downloadHost: 'media.example.com',
    redirectChain: ['media.example.com'],
    ttfbMs: 120,
    downloadTimeMs: 5_000,
    fileSizeBytes: 3_000_000_000,
    downloadSpeedBytesPerSec: 600_000_000,
    ...fields,
  });
  return id;
}
