import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { WINDOW_MS, type KeyState, type Windows } from './choose-key.js';
import { GenerationKey, type KeySource } from './generation-key.entity.js';

/** A key with what the choice asks of it. `apiKey` is encrypted. */
export interface KeyRow extends KeyState {
  name: string;
  apiKey: string;
  source: KeySource;
  blockReason: string | null;
  rateLimits: number;
  balance: number | null;
}

const STATE = `id, name, account, status, in_flight AS "inFlight", api_key AS "apiKey", block_reason AS "blockReason",
  rate_limits AS "rateLimits", source, balance, extract(epoch FROM last_used_at)::double precision AS "lastUsed",
  greatest(0, extract(epoch FROM blocked_until - statement_timestamp()) * 1000)::double precision AS "blockedMs"`;

/** Rows of keys and what changes in them as they are used. Times are those of the database. */
@Injectable()
export class KeysRepository {
  constructor(private readonly database: Database) {}

  all(): Promise<KeyRow[]> {
    return this.database.query<KeyRow>(`SELECT ${STATE} FROM generation_keys ORDER BY name`);
  }

  /** All, and nobody changes them until the ambient transaction ends. In one order, so that nobody waits in a circle. */
  lockAll(): Promise<KeyRow[]> {
    return this.database.query<KeyRow>(`SELECT ${STATE} FROM generation_keys ORDER BY id FOR UPDATE`);
  }

  /** What counts at this moment of the accounts of these keys. */
  async windowsOf(keys: readonly KeyRow[]): Promise<Windows> {
    const calls = await this.database.query<{ account: string; leaves: number | null }>(
      `SELECT account, extract(epoch FROM answered_at - statement_timestamp())::double precision * 1000 + $1::double precision AS leaves
       FROM generation_submissions
       WHERE account = ANY ($2)
         AND (answered_at IS NULL OR answered_at > statement_timestamp() - $1::double precision * interval '1 millisecond')
       ORDER BY answered_at NULLS LAST`,
      [WINDOW_MS, keys.map(({ account }) => account)],
    );
    const windows = new Map<string, (number | null)[]>();
    for (const { account, leaves } of calls) windows.set(account, [...(windows.get(account) ?? []), leaves]);
    return windows;
  }

  async take(id: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET in_flight = in_flight + 1, requests = requests + 1, last_used_at = clock_timestamp()
       WHERE id = $1`,
      [id],
    );
  }

  async release(id: string): Promise<void> {
    await this.database.query('UPDATE generation_keys SET in_flight = greatest(0, in_flight - 1) WHERE id = $1', [id]);
  }

  async countFailure(id: string): Promise<void> {
    await this.database.query('UPDATE generation_keys SET failures = failures + 1 WHERE id = $1', [id]);
  }

  async invalidate(id: string, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET status = 'invalid', block_reason = $2, blocked_until = NULL, updated_at = now()
       WHERE id = $1 AND status <> 'disabled'`,
      [id, reason],
    );
  }

  async blockForMoney(ids: readonly string[], hours: number, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET status = 'billing_blocked', block_reason = $3, updated_at = now(),
         blocked_until = statement_timestamp() + $2::double precision * interval '1 hour'
       WHERE id = ANY ($1) AND status IN ('active', 'rate_limited', 'billing_blocked')`,
      [ids, hours, reason],
    );
  }

  /** All keys of the account rest, at least so long. @param inARow answers 429 by now */
  async rest(account: string, seconds: number, inARow: number, reason: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET status = 'rate_limited', block_reason = $4, rate_limits = $3, updated_at = now(),
         blocked_until = greatest(blocked_until, statement_timestamp() + $2::double precision * interval '1 second')
       WHERE account = $1 AND status IN ('active', 'rate_limited')`,
      [account, seconds, inARow, reason],
    );
  }

  async shortenRest(account: string, seconds: number): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET updated_at = now(),
         blocked_until = least(blocked_until, statement_timestamp() + $2::double precision * interval '1 second')
       WHERE account = $1 AND status = 'rate_limited'`,
      [account, seconds],
    );
  }

  /** Whether the account has been asked too often, and its rest is over. */
  async hasRested(account: string): Promise<boolean> {
    const rested = await this.database.query(
      `SELECT 1 FROM generation_keys
       WHERE account = $1 AND rate_limits > 0 AND (blocked_until IS NULL OR blocked_until <= statement_timestamp()) LIMIT 1`,
      [account],
    );
    return rested.length > 0;
  }

  /** It has been answered well after its rest: the next 429 is the first one again. */
  async forgetRests(account: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET rate_limits = 0 WHERE account = $1 AND rate_limits > 0
         AND (blocked_until IS NULL OR blocked_until <= statement_timestamp())`,
      [account],
    );
  }

  /** All keys of the account may be asked again, those that are invalid or disabled excepted. */
  async unblock(account: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET status = 'active', blocked_until = NULL, block_reason = NULL, rate_limits = 0,
         updated_at = now()
       WHERE account = $1 AND status IN ('rate_limited', 'billing_blocked')`,
      [account],
    );
  }

  /** Whose block has ended is as if it had none. */
  async comeBack(): Promise<void> {
    await this.database.query(
      `UPDATE generation_keys SET status = 'active', blocked_until = NULL, block_reason = NULL, updated_at = now()
       WHERE status IN ('rate_limited', 'billing_blocked') AND blocked_until <= statement_timestamp()`,
    );
  }

  /** Those of a key that count in the window of its account, or are not over. */
  async moveSubmissions(keyId: string, account: string): Promise<void> {
    await this.database.query(
      `UPDATE generation_submissions SET account = $2 WHERE key_id = $1 AND (ended_at IS NULL OR answered_at IS NULL
         OR answered_at > statement_timestamp() - $3::double precision * interval '1 millisecond')`,
      [keyId, account, WINDOW_MS],
    );
  }

  async noteBalance(account: string, balance: number): Promise<void> {
    await this.database.transaction(async () => {
      await this.lockAll();
      await this.rows.update({ account }, { balance, balanceAt: () => 'now()' });
    });
  }

  private get rows() {
    return this.database.repository(GenerationKey);
  }
}
