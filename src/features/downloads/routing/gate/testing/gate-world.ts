import { randomUUID } from 'node:crypto';
import { Global, Module, type INestApplication } from '@nestjs/common';
import { platformApp } from '../../../../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../../../../test/support/stores.js';
import { Clock } from '../../../../../platform/clock/clock.js';
import { ManualClock } from '../../../../../platform/clock/testing/manual-clock.js';
import { Database } from '../../../../../platform/database/database.js';
import { Redis } from '../../../../../platform/redis/redis.js';
import { OperatorCalendar, opsConfig } from '../../../../ops/index.js';
import { downloadsConfig } from '../../../downloads.config.js';
import type { ErrorCode } from '../../../errors/error-codes.js';
import { ProviderError } from '../../../errors/provider-error.js';
import { Circuits } from '../circuits.js';
import { GateModule } from '../gate.module.js';
import type { GateCandidate, GateQuestion, Grant } from '../gate-question.js';
import { Gate, type Ending } from '../gate.js';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

@Global()
@Module({ providers: [OperatorCalendar], exports: [OperatorCalendar] })
class CalendarModule {}

/** A process that has a gate, with connections of its own. */
export interface GateProcess {
  app: INestApplication;
  gate: Gate;
  circuits: Circuits;
  redis: Redis;
  database: Database;
}

export interface GateWorld {
  clock: ManualClock;
  stores: TestStores;
  start(redisUrl?: string): Promise<GateProcess>;
  close(): Promise<void>;
}

/** Gates on real stores, in a time that stands still until it is moved. */
export async function gateWorld(): Promise<GateWorld> {
  const stores = await testStores();
  // Noon of the operator, so that hours go by within his day.
  const clock = new ManualClock(Date.UTC(2026, 10, 20, 9));
  const apps: INestApplication[] = [];
  return {
    clock,
    stores,
    start: async (redisUrl = stores.redisUrl) => {
      const app = await platformApp({
        stores: { ...stores, redisUrl },
        groups: [downloadsConfig, opsConfig],
        imports: [CalendarModule, GateModule],
        replace: [[Clock, clock]],
      });
      apps.push(app);
      return {
        app,
        gate: app.get(Gate),
        circuits: app.get(Circuits),
        redis: app.get(Redis),
        database: app.get(Database),
      };
    },
    close: async () => {
      for (const app of apps) await app.close();
      await stores.close();
    },
  };
}

const candidate = (changes: Partial<GateCandidate> = {}): GateCandidate => ({
  provider: 'yt-dlp',
  egresses: ['direct'],
  obeysEgressCircuits: true,
  slot: { key: 'youtube:yt-dlp', limit: 1_000 },
  ratePerMin: null,
  costMicroUsd: 0,
  budgetMicroUsd: null,
  ...changes,
});

export const question = (...candidates: Partial<GateCandidate>[]): GateQuestion => ({
  family: 'youtube',
  bucket: 'medium',
  candidates: (candidates.length === 0 ? [{}] : candidates).map(candidate),
});

export async function taken(gate: Gate, asked = question()): Promise<Grant> {
  const { grant, verdicts } = await gate.take(asked, randomUUID());
  if (!grant) throw new Error(`Nobody was taken: ${JSON.stringify(verdicts)}`);
  return grant;
}

type Details = ConstructorParameters<typeof ProviderError>[2];

export function failed(grant: Grant, code: ErrorCode, details?: Details): Ending {
  const error = new ProviderError(code, 'it failed', details);
  const tries = grant.egresses.slice(0, 1).map((egress) => ({ egress, error }));
  return { requestId: randomUUID(), outcome: 'failed', error, tries, costMicroUsd: grant.costMicroUsd };
}

export function succeeded(grant: Grant): Ending {
  const tries = grant.egresses.slice(0, 1).map((egress) => ({ egress, error: null }));
  return { requestId: randomUUID(), outcome: 'succeeded', tries, costMicroUsd: grant.costMicroUsd };
}

/** One attempt from its beginning to its end. */
export async function attempt(
  gate: Gate,
  code: ErrorCode | null,
  asked = question(),
  details?: Details,
): Promise<Grant> {
  const grant = await taken(gate, asked);
  await gate.settle(grant, code === null ? succeeded(grant) : failed(grant, code, details));
  return grant;
}
