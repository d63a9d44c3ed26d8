import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { DownloadRequest } from './download-request.entity.js';
import { FINAL, MOVING, WORKING, statesBefore, type RequestState } from './request-state.js';

/** A worker says this often that it still holds a request; after the lease another may take it. */
const LEASE_SEC = 20;
const MAX_RUNS = 5;

export type NewRequest = Pick<
  DownloadRequest,
  | 'errorRef'
  | 'bot'
  | 'chatId'
  | 'messageId'
  | 'tgUserId'
  | 'language'
  | 'link'
  | 'canonicalUrl'
  | 'platform'
  | 'mediaKey'
  | 'options'
>;

type Changes = Partial<
  Pick<
    DownloadRequest,
    | 'mediaKey'
    | 'canonicalUrl'
    | 'leaderId'
    | 'ruleId'
    | 'title'
    | 'durationSec'
    | 'fix'
    | 'fixReason'
    | 'fixMs'
    | 'uploadMs'
    | 'errorClass'
    | 'errorCode'
    | 'inBackground'
  >
>;

@Injectable()
export class RequestsRepository {
  constructor(private readonly database: Database) {}

  async insert(request: NewRequest): Promise<DownloadRequest> {
    const timings = () => `jsonb_build_object('queued', to_jsonb(now()))`;
    const { identifiers } = await this.requests.insert({ ...request, timings });
    return this.get((identifiers[0] as { id: string }).id);
  }

  async get(id: string): Promise<DownloadRequest> {
    return this.requests.findOneByOrFail({ id });
  }

  async find(id: string): Promise<DownloadRequest | null> {
    return this.requests.findOneBy({ id });
  }

  /** Nobody else looks for, or becomes, the leader of this medium until the ambient transaction ends. */
  async lockMedium({ bot, mediaKey, options }: Pick<DownloadRequest, 'bot' | 'mediaKey' | 'options'>): Promise<void> {
    const subject = [bot, mediaKey, options.quality, options.kind].join('|');
    await this.database.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [subject]);
  }

  /** The request that is getting the same medium for the same bot. */
  async findLeader({
    id,
    bot,
    mediaKey,
    options,
  }: Pick<DownloadRequest, 'bot' | 'mediaKey' | 'options'> & { id?: string }): Promise<DownloadRequest | null> {
    if (mediaKey === null) return null;
    const query = this.requests
      .createQueryBuilder('request')
      .where('request.bot = :bot AND request.mediaKey = :mediaKey AND request.leaderId IS NULL', { bot, mediaKey })
      .andWhere('request.options = :options AND NOT request.cancelRequested', { options: JSON.stringify(options) })
      .andWhere('request.state IN (:...states)', { states: [...MOVING, 'uploading'] });
    if (id !== undefined) query.andWhere('request.id <> :id', { id });
    return query.getOne();
  }

  /** The request and those that wait for its download, still to be served. */
  async flight(leaderId: string): Promise<DownloadRequest[]> {
    const requests = await this.requests.find({
      where: [{ id: leaderId }, { leaderId }],
      order: { createdAt: 'ASC' },
    });
    return requests.filter(({ state }) => !FINAL.includes(state));
  }

  /**
   * Takes a request for this worker. @returns null when another holds it, it is not to be worked on, or the person has
   * as many at work as he may.
   */
  async claim(id: string, maxActivePerUser: number): Promise<DownloadRequest | null> {
    const claim = randomUUID();
    const claimed = await this.database.query<{ id: string }>(
      `UPDATE download_requests request SET state = 'finding', claim = $2, updated_at = now(),
         lease_until = now() + make_interval(secs => $3),
         timings = timings || jsonb_build_object('finding', to_jsonb(now()))
       WHERE id = $1 AND state = ANY($4) AND leader_id IS NULL AND NOT cancel_requested
       AND (lease_until IS NULL OR lease_until < now())
       AND (SELECT count(*) FROM download_requests other WHERE other.tg_user_id = request.tg_user_id
            AND other.bot = request.bot AND other.id <> request.id AND other.state = ANY($5)
            AND other.leader_id IS NULL) < $6
       RETURNING id`,
      [id, claim, LEASE_SEC, MOVING, WORKING, maxActivePerUser],
    );
    return claimed.length > 0 ? this.get(id) : null;
  }

  /** Says that the worker lives. @returns whether to go on, to stop because the person wishes it, or because it was lost. */
  async keepClaim({ id, claim }: DownloadRequest): Promise<'held' | 'cancelled' | 'lost'> {
    const [row] = await this.database.query<{ cancel_requested: boolean }>(
      `UPDATE download_requests SET lease_until = now() + make_interval(secs => $3)
       WHERE id = $1 AND claim = $2 AND state = ANY($4) RETURNING cancel_requested`,
      [id, claim, LEASE_SEC, WORKING],
    );
    if (!row) return 'lost';
    return row.cancel_requested ? 'cancelled' : 'held';
  }

  /** The one way a state changes while a worker holds the request. @returns false when it does not hold it any more. */
  async advance(request: DownloadRequest, to: RequestState, changes: Changes = {}): Promise<boolean> {
    const moved = await this.move(request.id, to, changes, 'claim = :claim', { claim: request.claim });
    if (moved) Object.assign(request, { state: to, ...changes });
    return moved;
  }

  /** Changes the state of a request that no worker holds. @returns false when it was not in a state that allows it. */
  async transition(id: string, to: RequestState, changes: Changes = {}): Promise<boolean> {
    return this.move(id, to, changes, '(claim IS NULL OR lease_until < now())', {});
  }

  /** Gives the work back unfinished: another worker, or the next start, takes it up. */
  async handBack(request: DownloadRequest): Promise<void> {
    await this.database.query(
      `UPDATE download_requests SET state = 'queued', claim = NULL, lease_until = NULL, run = run + 1,
         updated_at = now() WHERE id = $1 AND claim = $2`,
      [request.id, request.claim],
    );
  }

  /** The next job for the request is another than the one before. */
  async raiseRun(id: string): Promise<DownloadRequest> {
    await this.requests.increment({ id }, 'run', 1);
    return this.get(id);
  }

  async requestCancel(id: string): Promise<void> {
    await this.requests.update({ id, state: In([...WORKING]) }, { cancelRequested: true });
  }

  async note(id: string, changes: Changes): Promise<void> {
    await this.requests.update({ id }, changes);
  }

  /** Makes the oldest of those that waited for `leaderId` go on in its place. @returns it, or null when nobody waited. */
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
    return this.get(heir.id);
  }

  /** How many are before it in the queue, itself included. */
  async placeOf({ id, createdAt }: DownloadRequest): Promise<number> {
    const [row] = await this.database.query<{ place: number }>(
      `SELECT count(*)::int + 1 AS place FROM download_requests
       WHERE state = 'queued' AND leader_id IS NULL AND created_at < $1 AND id <> $2`,
      [createdAt, id],
    );
    return row?.place ?? 1;
  }

  /** Raises the run of requests whose worker was lost, and finds all that should be moving and that nobody holds. */
  async findStranded(limit = 200): Promise<{ id: string; run: number }[]> {
    await this.database.query(
      `UPDATE download_requests SET state = 'queued', claim = NULL, lease_until = NULL, run = run + 1
       WHERE state = ANY($1) AND lease_until < now() AND run <= $2`,
      [WORKING, MAX_RUNS],
    );
    return this.database.query<{ id: string; run: number }>(
      `SELECT id, run FROM download_requests WHERE state = 'queued' AND leader_id IS NULL
       ORDER BY created_at LIMIT $1`,
      [limit],
    );
  }

  /** Requests that have taken a worker down with them again and again. */
  async findHopeless(): Promise<DownloadRequest[]> {
    return this.requests
      .createQueryBuilder('request')
      .where('request.state IN (:...working) AND request.leaseUntil < now() AND request.run > :max', {
        working: WORKING,
        max: MAX_RUNS,
      })
      .limit(50)
      .getMany();
  }

  /** Those that wait for a request which is done with, or gone: they missed its end. */
  async findOrphans(): Promise<DownloadRequest[]> {
    return this.requests
      .createQueryBuilder('follower')
      .leftJoin(DownloadRequest, 'leader', 'leader.id = follower.leaderId')
      .where(`follower.state = 'queued' AND follower.leaderId IS NOT NULL`)
      .andWhere('(leader.id IS NULL OR leader.state IN (:...final))', { final: FINAL })
      .limit(50)
      .getMany();
  }

  private async move(
    id: string,
    to: RequestState,
    changes: Changes,
    guard: string,
    parameters: Record<string, unknown>,
  ): Promise<boolean> {
    const keepsClaim = WORKING.includes(to);
    const { affected } = await this.requests
      .createQueryBuilder()
      .update()
      .set({
        ...changes,
        state: to,
        updatedAt: () => 'now()',
        timings: () => `timings || jsonb_build_object('${to}', to_jsonb(now()))`,
        ...(keepsClaim ? {} : { claim: null, leaseUntil: null }),
      })
      .where(`id = :id AND state IN (:...from) AND ${guard}`, { id, from: statesBefore(to), ...parameters })
      .execute();
    return affected === 1;
  }

  private get requests() {
    return this.database.repository(DownloadRequest);
  }
}
