import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/auth/principal.js';
import { AuditLog } from '../../ops/index.js';

export interface AccountChange {
  /** E.g. `user.updated`. */
  action: string;
  userId: string;
  /** Nothing that says who it is: the log outlives accounts. null: it was not there. */
  before: object | null;
  after: object | null;
}

/** Writes down what operators do with accounts, in the transaction in which they do it. */
@Injectable()
export class AccountAudit {
  constructor(private readonly log: AuditLog) {}

  async record({ id }: Principal, { userId, ...change }: AccountChange): Promise<void> {
    await this.log.record({ actor: `user:${id}`, subject: `users/${userId}`, ...change });
  }
}
