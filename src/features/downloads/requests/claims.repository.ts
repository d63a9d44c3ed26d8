import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { DownloadRequest } from './download-request.entity.js';
import { MOVING, WORKING } from './request-state.js';

/** A worker says this often that it still holds a request; after the lease another may take it. */
const LEASE_SEC = 20;
/** A request that has taken so many workers down with it is given up. */
const MAX_LOSSES = 5;

type Job = Pick<DownloadRequest, 'id' | 'run' | 'inBackground'>;

/** Who works on what: claims with leases, and what must move because nobody does. */
@Injectable()
export class ClaimsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes a request for this worker. @returns null when another holds it, it is not to be worked on, or the person has
   * as many at work as he may.
   */
  async claim(id: string, maxActivePerUser: number): Promise<DownloadRequest | null> {
    return this.database.transaction(async () => {
      // One person's requests are claimed one after the other: counting and taking is one step.
      const person = `SELECT pg_advisory_xact_lock(hashtextextended(bot || tg_user_id, 1)) FROM download_requests`;
      await this.database.query(`${person} WHERE id = $1`, [id]);
      const claimed = await this.database.query<{ id: string }>(
        `UPDATE download_requests request SET state = 'finding', claim = $2, updated_at = now(),
           lease_until = now() + make_interval(secs => $3),
           timings = timings || jsonb_build_object('finding', to_jsonb(now()))
             || CASE WHEN rests_until IS NULL OR NOT timings ? 'started' THEN jsonb_build_object('started', to_jsonb(now())) ELSE '{}' END
         WHERE id = $1 AND state = ANY($4) AND leader_id IS NULL AND NOT cancel_requested
         AND (lease_until IS NULL OR lease_until < now()) AND (rests_until IS NULL OR rests_until <= now())
         AND (SELECT count(*) FROM download_requests busy WHERE busy.state = ANY($5) AND busy.leader_id IS NULL
              AND busy.tg_user_id = request.tg_user_id AND busy.bot = request.bot AND busy.id <> request.id) < $6
         RETURNING id`,
        [id, randomUUID(), LEASE_SEC, MOVING, WORKING, maxActivePerUser],
      );
      return claimed.length > 0 ? this.database.repository(DownloadRequest).findOneByOrFail({ id }) : null;
    });
  }

  /** Says that the worker lives. @returns whether to go on, to stop because the person wishes it, or because it was lost */
  async keep({ id, claim }: DownloadRequest): Promise<'held' | 'cancelled' | 'lost'> {
    const [row] = await this.database.query<{ cancel_requested: boolean }>(
      `UPDATE download_requests SET lease_until = now() + make_interval(secs => $3)
       WHERE id = $1 AND claim = $2 AND state = ANY($4) RETURNING cancel_requested`,
      [id, claim, LEASE_SEC, WORKING],
    );
    if (!row) return 'lost';
    return row.cancel_requested ? 'cancelled' : 'held';
  }

  /** Frees what lost workers have left, then lists what may be worked on now: of each person as many as may be at work. */
  async findStranded(maxActivePerUser: number, limit = 200): Promise<Job[]> {
    await this.database.query(
      `UPDATE download_requests SET state = 'queued', claim = NULL, lease_until = NULL, run = run + 1, losses = losses + 1
       WHERE state = ANY($1) AND lease_until < now() AND losses < $2 AND NOT cancel_requested`,
      [WORKING, MAX_LOSSES],
    );
    return this.database.query<Job>(
      `${WAITING_WITH_TURNS}
       SELECT id, run, in_background AS "inBackground" FROM waiting WHERE turn + at_work <= $2 ORDER BY created_at LIMIT $3`,
      [WORKING, maxActivePerUser, limit],
    );
  }

  /** The next of a person's waiting requests, when there is one and it may be worked on. */
  async nextOf({ bot, tgUserId }: DownloadRequest, maxActivePerUser: number): Promise<Job | null> {
    const [next] = await this.database.query<Job>(
      `${WAITING_WITH_TURNS}
       SELECT id, run, in_background AS "inBackground" FROM waiting WHERE turn + at_work <= $2 AND bot = $3 AND tg_user_id = $4 ORDER BY turn LIMIT 1`,
      [WORKING, maxActivePerUser, bot, tgUserId],
    );
    return next ?? null;
  }

  /** Cancelled requests whose worker did not live to end them. */
  async findUnendedCancels(): Promise<DownloadRequest[]> {
    return this.database
      .repository(DownloadRequest)
      .createQueryBuilder('request')
      .where('request.cancelRequested AND request.state IN (:...moving)', { moving: MOVING })
      .andWhere('(request.leaseUntil IS NULL OR request.leaseUntil < now())')
      .limit(50)
      .getMany();
  }

  /** Requests that have taken a worker down with them again and again. */
  async findHopeless(): Promise<DownloadRequest[]> {
    return this.database
      .repository(DownloadRequest)
      .createQueryBuilder('request')
      .where('request.state IN (:...working) AND request.leaseUntil < now()', { working: WORKING })
      .andWhere('request.losses >= :max', { max: MAX_LOSSES })
      .limit(50)
      .getMany();
  }
}

const WAITING_WITH_TURNS = `
  WITH busy AS (
    SELECT bot, tg_user_id, count(*) AS at_work FROM download_requests
    WHERE state = ANY($1) AND leader_id IS NULL GROUP BY bot, tg_user_id
  ), waiting AS (
    SELECT id, run, in_background, bot, tg_user_id, created_at, coalesce(at_work, 0) AS at_work,
      row_number() OVER (PARTITION BY bot, tg_user_id ORDER BY created_at) AS turn
    FROM download_requests LEFT JOIN busy USING (bot, tg_user_id)
    WHERE state = 'queued' AND leader_id IS NULL AND NOT cancel_requested
    AND (rests_until IS NULL OR rests_until <= now())
  )`;
