import { randomUUID } from 'node:crypto';
import type { INestApplication, Provider } from '@nestjs/common';
import { platformApp } from '../../../../test/support/platform.js';
import { testStores } from '../../../../test/support/stores.js';
import { Clock } from '../../../platform/clock/clock.js';
import { ManualClock } from '../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../platform/database/database.js';
import type { CreditEntry } from '../ledger/credit-entry.entity.js';
import { Ledger, type Hold } from '../ledger/ledger.js';
import { creditsGround, grantTo, personOf } from './credits-ground.js';

export interface CreditsWorld {
  app: INestApplication;
  database: Database;
  ledger: Ledger;
  clock: ManualClock;
  /** A Telegram id that nobody has had before. */
  newcomer(): number;
  grant(tgUserId: number, amount: number, expiresInMs?: number): Promise<CreditEntry>;
  /** `available held`, e.g. `3 2`. */
  balance(tgUserId: number): Promise<string>;
  /** His lines, the oldest first: `hold -2 +2 = 1 2`. */
  lines(tgUserId: number): Promise<string[]>;
  close(): Promise<void>;
}

/** The ledger on real stores, with a clock that a test moves. Nothing runs by itself. */
export async function creditsWorld(providers: Provider[] = []): Promise<CreditsWorld> {
  const stores = await testStores();
  const clock = new ManualClock();
  const app = await platformApp({
    stores,
    ...creditsGround,
    providers,
    env: { NEXUS_ROLES: 'api' },
    replace: [[Clock, clock]],
  });
  const ledger = app.get(Ledger, { strict: false });
  let people = 0;
  return {
    app,
    database: app.get(Database),
    ledger,
    clock,
    newcomer: () => ++people,
    grant: (tgUserId, amount, expiresInMs) =>
      grantTo(app, tgUserId, amount, expiresInMs === undefined ? undefined : after(clock, expiresInMs)),
    balance: async (tgUserId) => {
      const { available, held } = await ledger.balance(personOf(tgUserId));
      return `${available} ${held}`;
    },
    lines: async (tgUserId) => {
      const [entries] = await ledger.receipt(personOf(tgUserId), { page: 1, pageSize: 100 });
      return entries.reverse().map(lineOf);
    },
    close: async () => {
      await app.close();
      await stores.close();
    },
  };
}

/** Holds of a credit each, unless told otherwise. */
export function holdsOf(count: number, amount = 1): Hold[] {
  return Array.from({ length: count }, () => {
    const id = randomUUID();
    return { reference: `job:${id}`, idempotencyKey: `draft:${id}`, amount };
  });
}

function after(clock: Clock, ms: number): Date {
  return new Date(clock.now().getTime() + ms);
}

function lineOf({ kind, availableDelta, heldDelta, availableAfter, heldAfter }: CreditEntry): string {
  return `${kind} ${signed(availableDelta)} ${signed(heldDelta)} = ${availableAfter} ${heldAfter}`;
}

function signed(delta: number): string {
  return delta > 0 ? `+${delta}` : String(delta);
}
