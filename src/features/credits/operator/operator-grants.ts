import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/auth/principal.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { AuditLog } from '../../ops/index.js';
import { expiryHasPassed } from '../credits.errors.js';
import type { CreditEntry } from '../ledger/credit-entry.entity.js';
import { Ledger } from '../ledger/ledger.js';
import type { GrantDto } from './credits.dto.js';

/** Credits that an operator gives to a person. */
@Injectable()
export class OperatorGrants {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * @param key the caller's `Idempotency-Key`: it grants once, for ever, other than the answer which is kept for a day
   * @throws `credits.expiry_passed`
   */
  async grant(by: Principal, { tgUserId, amount, note, expiresAt }: GrantDto, key?: string): Promise<CreditEntry> {
    const actor = `user:${by.id}`;
    if (expiresAt && expiresAt <= this.clock.now()) throw expiryHasPassed();
    return this.database.transaction(async () => {
      const { entry, isNew } = await this.ledger.grantOnce({
        owner: { ownerKind: 'tg_user', ownerId: String(tgUserId) },
        amount,
        idempotencyKey: `grant:${actor}:${key ?? randomUUID()}`,
        actor,
        note,
        expiresAt: expiresAt ?? undefined,
      });
      const after = { entryId: entry.id, amount, note, expiresAt: expiresAt ?? null };
      const change = { actor, action: 'credits.granted', subject: `tg_user:${tgUserId}`, before: null, after };
      if (isNew) await this.audit.record(change);
      return entry;
    });
  }
}
