import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { OpsModule, opsConfig } from '../../ops/index.js';
import { RecordingFrontendModule } from '../../ops/testing/recording-frontend.js';
import { CreditsModule } from '../credits.module.js';
import type { CreditOwner } from '../ledger/credit-account.entity.js';
import type { CreditEntry } from '../ledger/credit-entry.entity.js';
import { Ledger } from '../ledger/ledger.js';

/** What a test needs of credits beside the platform's core: modules, and groups of settings. */
export const creditsGround = {
  groups: [opsConfig],
  imports: [RecordingFrontendModule, OpsModule, CreditsModule],
};

export function personOf(tgUserId: number): CreditOwner {
  return { ownerKind: 'tg_user', ownerId: String(tgUserId) };
}

/** Gives credits to somebody. */
export function grantTo(
  app: INestApplicationContext,
  tgUserId: number,
  amount: number,
  expiresAt?: Date,
): Promise<CreditEntry> {
  const grant = { owner: personOf(tgUserId), amount, idempotencyKey: randomUUID(), actor: 'system', expiresAt };
  return app.get(Ledger, { strict: false }).grant(grant);
}
