import { Injectable } from '@nestjs/common';
import { In, Not, type SelectQueryBuilder } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { DownloadRequest } from './download-request.entity.js';
import { FINAL, WORKING, statesBefore, type RequestState } from './request-state.js';

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
> &
  Partial<Pick<DownloadRequest, 'pressKey'>>;

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
    | 'restsUntil'
    | 'progress'
    | 'parts'
  >
>;

/** A request as somebody knows it: with the claim he holds it by, or null for one that nobody works on. */
export type KnownRequest = Pick<DownloadRequest, 'id' | 'claim'>;

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

  /** The request that a press has led to, while it lives. */
  async findPressed(pressKey: string): Promise<DownloadRequest | null> {
    return this.requests.findOneBy({ pressKey, state: Not(In([...FINAL])) });
  }

  /** As it is now, and nobody changes it until the ambient transaction ends. */
  async lock(id: string): Promise<DownloadRequest | null> {
    return this.requests.findOne({ where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async note(id: string, changes: Changes): Promise<void> {
    await this.requests.update({ id }, changes);
  }

  /** The time that it may take begins anew when it is next taken up. */
  async forgetStart(id: string): Promise<void> {
    await this.requests.update({ id }, { timings: () => `timings - 'started'` });
  }

  /** Asks whoever works on it to stop. */
  async requestCancel(id: string): Promise<void> {
    await this.requests.update({ id, state: In([...WORKING]) }, { cancelRequested: true });
  }

  /**
   * The one way a state changes. A worker's claim must still be the row's; without a claim nobody may be at work on it.
   * What was cancelled is not sent any more.
   * @returns false when it was not so, or the state does not allow it
   */
  async move({ id, claim }: KnownRequest, to: RequestState, changes: Changes = {}): Promise<boolean> {
    const { affected } = await this.requests
      .createQueryBuilder()
      .update()
      .set({
        ...changes,
        state: to,
        updatedAt: () => 'now()',
        timings: () => `timings || jsonb_build_object('${to}', to_jsonb(now()))`,
        ...(WORKING.includes(to) ? {} : { claim: null, leaseUntil: null }),
      })
      .where('id = :id AND state IN (:...from)', { id, from: statesBefore(to) })
      .andWhere(claim === null ? '(claim IS NULL OR lease_until < now())' : 'claim = :claim', { claim })
      .andWhere(to === 'uploading' ? 'NOT cancel_requested' : 'TRUE')
      .execute();
    return affected === 1;
  }

  /** Back into the queue, for another job than the one before. @param changes e.g. until when it rests there */
  async queueAgain(request: KnownRequest, changes: Changes = {}): Promise<DownloadRequest | null> {
    if (!(await this.move(request, 'queued', { restsUntil: null, progress: {}, ...changes }))) return null;
    await this.requests.increment({ id: request.id }, 'run', 1);
    return this.get(request.id);
  }

  /** How many are before it in the queue, itself included. */
  async placeOf({ id, createdAt }: DownloadRequest): Promise<number> {
    const before = this.waiting('request').andWhere('request.createdAt < :createdAt', { createdAt });
    return (await before.andWhere('request.id <> :id', { id }).getCount()) + 1;
  }

  private waiting(alias: string): SelectQueryBuilder<DownloadRequest> {
    return this.requests
      .createQueryBuilder(alias)
      .where(`${alias}.state = 'queued' AND ${alias}.leaderId IS NULL AND ${alias}.restsUntil IS NULL`);
  }

  private get requests() {
    return this.database.repository(DownloadRequest);
  }
}
