import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { ConfigChoices } from './config-document.js';
import { UserConfig } from './user-config.entity.js';

/** Makes the row that is not there, and locks the one that is; there is none for an account that is gone. */
const LOCK = `
  INSERT INTO user_configs AS config (user_id, document, updated_at)
  SELECT id, '{}', $2 FROM users WHERE id = $1 FOR KEY SHARE
  ON CONFLICT (user_id) DO UPDATE SET updated_at = $2
  RETURNING document`;

@Injectable()
export class UserConfigsRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined when he has none */
  async find(owner: string): Promise<ConfigChoices | undefined> {
    return (await this.database.owned(UserConfig).findOne(owner))?.document;
  }

  /**
   * For a change of them in the ambient transaction: others that want to change them wait for its end.
   * @returns undefined when the account is gone
   */
  async lock(owner: string, at: Date): Promise<ConfigChoices | undefined> {
    const [row] = await this.database.query<{ document: ConfigChoices }>(LOCK, [owner, at]);
    return row?.document;
  }

  async save(owner: string, choices: ConfigChoices): Promise<void> {
    const sql = 'UPDATE user_configs SET document = $2 WHERE user_id = $1';
    await this.database.query(sql, [owner, JSON.stringify(choices)]);
  }
}
