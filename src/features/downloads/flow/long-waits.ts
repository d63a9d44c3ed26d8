import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { downloadsConfig, type DownloadsConfig } from '../downloads.config.js';
import { DownloadsFrontend, type Phase } from '../downloads.frontend.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';
import { FINAL } from '../requests/request-state.js';
import { restPhase } from './rest-phase.js';
import { RequestsRepository } from '../requests/requests.repository.js';

/** Until it is seen who waits, and the pace of edits lets the word through. */
const WORD_NEEDS_SEC = 7;

/** Nobody waits longer than MAX_USER_WAIT_SEC without a word that it goes on, wherever his request is by then. */
@Injectable()
export class LongWaits {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly database: Database,
    private readonly requests: RequestsRepository,
    private readonly frontend: DownloadsFrontend,
  ) {}

  async tell(): Promise<void> {
    for (const id of await this.waiting()) {
      await this.database.transaction(async () => {
        const request = await this.requests.lock(id);
        if (!request || request.inBackground || FINAL.includes(request.state)) return;
        await this.requests.note(id, { inBackground: true });
        request.inBackground = true;
        await this.frontend.show(request, await this.phaseOf(request));
      });
    }
  }

  private async waiting(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM download_requests WHERE NOT in_background AND created_at < now() - make_interval(secs => $1)
       AND state IN ('queued', 'finding', 'downloading', 'processing', 'uploading') ORDER BY created_at LIMIT 100`,
      [this.config.maxUserWaitSec - Math.min(WORD_NEEDS_SEC, this.config.maxUserWaitSec / 25)],
    );
    return rows.map(({ id }) => id);
  }

  private async phaseOf(request: DownloadRequest): Promise<Phase> {
    switch (request.state) {
      case 'queued':
        if (request.restsUntil !== null) return restPhase(request.progress.restsFor);
        return { kind: 'queued', place: await this.requests.placeOf(request) };
      case 'downloading':
        return { kind: 'downloading', progress: null };
      case 'processing':
        return { kind: 'processing', ratio: null };
      case 'uploading':
        return { kind: 'uploading' };
      default:
        return { kind: 'finding' };
    }
  }
}
