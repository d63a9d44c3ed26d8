import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { DownloadRequest } from './download-request.entity.js';
import { FINAL, type RequestState } from './request-state.js';

/** Past `finding`, which is where a request learns that it need not lead. */
const LEADING: readonly RequestState[] = ['downloading', 'processing', 'uploading'];

/** What is asked for, and by which bot: the same for all who may share a download. */
export type Medium = Pick<DownloadRequest, 'bot' | 'mediaKey' | 'options'>;

/** Requests of the same medium: the leader's is worked on, the others wait for what comes of it. */
@Injectable()
export class FlightsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Nobody else looks for a leader of these media, or becomes one, until the ambient transaction ends. All at once and
   * in one order, so that two who ask for the same in another order do not wait for each other.
   */
  async lock(media: Medium[]): Promise<void> {
    const names = [...new Set(media.filter(({ mediaKey }) => mediaKey !== null).map(lockName))].sort();
    for (const name of names) await this.database.lock(name);
  }

  /**
   * The request by which the same medium is being got, which may be resting. One that still waits is none: it may wait for
   * its asker's turn.
   */
  async findLeader({ id, bot, mediaKey, options }: Medium & { id: string }): Promise<DownloadRequest | null> {
    if (mediaKey === null) return null;
    return this.requests
      .createQueryBuilder('request')
      .where('request.bot = :bot AND request.mediaKey = :mediaKey AND request.leaderId IS NULL', { bot, mediaKey })
      .andWhere('request.options = :options AND NOT request.cancelRequested', { options: JSON.stringify(options) })
      .andWhere(`(request.state IN (:...states) OR request.state = 'queued' AND request.restsUntil IS NOT NULL)`, {
        states: LEADING,
      })
      .andWhere('request.id <> :id', { id })
      .getOne();
  }

  /** The request and those that wait for its download, still to be served. */
  async members(leaderId: string): Promise<DownloadRequest[]> {
    const requests = await this.requests.find({ where: [{ id: leaderId }, { leaderId }], order: { createdAt: 'ASC' } });
    return requests.filter(({ state }) => !FINAL.includes(state));
  }

  /** Makes the oldest of those that waited for `leaderId` go on in its place. @returns it, or null when nobody waited */
  async promoteFollower(leaderId: string): Promise<DownloadRequest | null> {
    const [heir] = await this.database.query<{ id: string }>(
      `UPDATE download_requests SET leader_id = NULL, run = run + 1 WHERE id = (
         SELECT id FROM download_requests WHERE leader_id = $1 AND state = 'queued' ORDER BY created_at LIMIT 1 FOR UPDATE)
       RETURNING id`,
      [leaderId],
    );
    if (!heir) return null;
    await this.database.query(`UPDATE download_requests SET leader_id = $2 WHERE leader_id = $1 AND state = 'queued'`, [
      leaderId,
      heir.id,
    ]);
    return this.requests.findOneByOrFail({ id: heir.id });
  }

  /** Those that wait for a request which is done with: they missed its end. */
  async findOrphans(): Promise<DownloadRequest[]> {
    return this.requests
      .createQueryBuilder('follower')
      .leftJoin(DownloadRequest, 'leader', 'leader.id = follower.leaderId')
      .where(`follower.state = 'queued' AND follower.leaderId IS NOT NULL`)
      .andWhere('(leader.id IS NULL OR leader.leaderId IS NOT NULL OR leader.state IN (:...final))', { final: FINAL })
      .limit(50)
      .getMany();
  }

  private get requests() {
    return this.database.repository(DownloadRequest);
  }
}

function lockName({ bot, mediaKey, options }: Medium): string {
  return ['downloads.flight', bot, mediaKey, options.quality, options.kind].join('|');
}
