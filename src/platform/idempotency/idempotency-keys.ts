import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Clock } from '../clock/clock.js';
import { Database } from '../database/database.js';
import { Every } from '../queue/every.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

const KEPT_MS = 24 * 3_600_000;
/** A request that runs longer than this died with its process. */
const GIVEN_UP_MS = 60_000;

export interface NamedWrite {
  caller: string;
  route: string;
  key: string;
  requestHash: string;
}

export interface Answer {
  status: number;
  /** JSON; null for an empty body. */
  body: string | null;
}

/** What became of a claim. `claimed`: it is the caller's to run, and to `finish` or `forget` afterwards. */
export type Claim =
  | { outcome: 'claimed'; claim: string }
  | { outcome: 'finished'; answer: Answer }
  | { outcome: 'running' }
  | { outcome: 'mismatch' };

const CLAIM = `
  INSERT INTO idempotency_keys AS kept (caller, route, key, request_hash, claim, started_at, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (caller, route, key) DO UPDATE
  SET request_hash = excluded.request_hash, claim = excluded.claim, started_at = excluded.started_at,
      expires_at = excluded.expires_at, status = NULL, answer = NULL
  WHERE kept.expires_at <= $6
     OR (kept.status IS NULL AND kept.started_at <= $8 AND kept.request_hash = excluded.request_hash)
  RETURNING claim`;

/** Remembers the writes that callers have named, so that each happens once. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Claims a write by one statement, so of requests that come together exactly one runs. */
  async claim(write: NamedWrite): Promise<Claim> {
    const { caller, route, key, requestHash } = write;
    const now = this.clock.now();
    const claim = randomUUID();
    const expiresAt = new Date(now.getTime() + KEPT_MS);
    const givenUp = new Date(now.getTime() - GIVEN_UP_MS);
    const parameters = [caller, route, key, requestHash, claim, now, expiresAt, givenUp];
    const claimed = await this.database.query(CLAIM, parameters);
    if (claimed.length > 0) return { outcome: 'claimed', claim };
    const kept = await this.database.repository(IdempotencyKey).findOneBy({ caller, route, key });
    // Forgotten between the two statements: the first run has just failed.
    if (!kept) return { outcome: 'running' };
    if (kept.requestHash !== requestHash) return { outcome: 'mismatch' };
    if (kept.status === null) return { outcome: 'running' };
    return { outcome: 'finished', answer: { status: kept.status, body: kept.answer } };
  }

  async finish(claim: string, { status, body }: Answer): Promise<void> {
    await this.database.repository(IdempotencyKey).update({ claim }, { status, answer: body });
  }

  async forget(claim: string): Promise<void> {
    await this.database.repository(IdempotencyKey).delete({ claim });
  }

  /** For an account that goes. */
  async forgetAllOf(caller: string): Promise<void> {
    await this.database.repository(IdempotencyKey).delete({ caller });
  }

  /** @returns how many were deleted */
  @Every({ name: 'idempotency.delete-expired', everyMs: 3_600_000 })
  async deleteExpired(): Promise<number> {
    const expired = { expiresAt: LessThanOrEqual(this.clock.now()) };
    return (await this.database.repository(IdempotencyKey).delete(expired)).affected ?? 0;
  }
}
