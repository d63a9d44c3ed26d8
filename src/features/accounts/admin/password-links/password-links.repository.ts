import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import { Database } from '../../../../platform/database/database.js';
import { PasswordLink } from './password-link.entity.js';

const SAVE = `
  INSERT INTO password_links (user_id, token_hash, expires_at) VALUES ($1, $2, $3)
  ON CONFLICT (user_id) DO UPDATE SET token_hash = excluded.token_hash, expires_at = excluded.expires_at`;

const OWNER = `
  SELECT u.id FROM password_links l JOIN users u ON u.id = l.user_id
  WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.is_active`;

/** Whoever has a token speaks for its owner: by it alone he is looked up. */
@Injectable()
export class PasswordLinksRepository {
  constructor(private readonly database: Database) {}

  async save(owner: string, tokenHash: string, expiresAt: Date): Promise<void> {
    await this.database.query(SAVE, [owner, tokenHash, expiresAt]);
  }

  /** @returns whose link it is; undefined when it has been used or replaced, has expired, or its account is disabled */
  async ownerOf(tokenHash: string, now: Date): Promise<string | undefined> {
    const [owner] = await this.database.query<{ id: string }>(OWNER, [tokenHash, now]);
    return owner?.id;
  }

  /** The same, keeping the account as it is until the end of the ambient transaction. */
  async lockOwnerOf(tokenHash: string, now: Date): Promise<string | undefined> {
    const [owner] = await this.database.query<{ id: string }>(`${OWNER} FOR NO KEY UPDATE OF u`, [tokenHash, now]);
    return owner?.id;
  }

  /** @returns whether it was still there: of two who use it at once, one gets it */
  async take(owner: string, tokenHash: string): Promise<boolean> {
    return (await this.database.owned(PasswordLink).delete(owner, { tokenHash })) === 1;
  }

  async deleteExpired(now: Date): Promise<void> {
    await this.database.ofAllUsers(PasswordLink).delete({ expiresAt: LessThanOrEqual(now) });
  }
}
