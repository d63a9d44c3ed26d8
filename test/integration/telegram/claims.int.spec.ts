import type { INestApplication } from '@nestjs/common';
import { Database } from '../../../src/platform/database/database.js';
import { UpdatesRepository } from '../../../src/telegram/intake/updates.repository.js';
import { ClaimsRepository, type ClaimedMessage } from '../../../src/telegram/outbox/claims.repository.js';
import { telegramWorld, type TelegramWorld } from '../../support/telegram.js';

const RUNS = 25;
const LIMIT_MS = 20;
const BOTS = ['first', 'second'];

let world: TelegramWorld;
let app: INestApplication;
let database: Database;
let claims: ClaimsRepository;

beforeEach(async () => {
  world = await telegramWorld();
  // Nobody takes what the test is about to take.
  app = await world.start({ NEXUS_ROLES: 'api' });
  database = app.get(Database);
  claims = app.get(ClaimsRepository);
});
afterEach(() => world.close());

const owe = (count: number, kind = 'status') =>
  database.query(
    `INSERT INTO telegram_outbox (key, bot, chat_id, lane, kind, method, params, files)
     SELECT 'owed:' || g, 'first', g % 500, 'chat', $2, 'sendMessage', '{"text": "hi"}', '{}' FROM generate_series(1, $1) g`,
    [count, kind],
  );

describe('what is done with, and is kept for a while, slows nothing down', () => {
  async function medianMs(work: () => Promise<unknown>): Promise<number> {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const start = performance.now();
      await work();
      times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[Math.floor(RUNS / 2)] ?? Infinity;
  }

  it('a message to be sent is found among 200 000 that were', async () => {
    await database.query(
      `INSERT INTO telegram_outbox (key, bot, chat_id, lane, kind, method, params, files, state, settled_at)
       SELECT 'sent:' || g, 'first', g % 500, 'chat', 'status', 'sendMessage', '{}', '{}', 'sent', now()
       FROM generate_series(1, 200000) g`,
    );
    await owe(5_000);
    await database.query('ANALYZE telegram_outbox');
    expect(await medianMs(() => claims.claimNext(BOTS, 'words'))).toBeLessThan(LIMIT_MS);
    expect(await medianMs(() => claims.claimNext(BOTS, 'files'))).toBeLessThan(LIMIT_MS);
  });

  it('an update to be handled is found among 200 000 that were', async () => {
    await database.query(
      `INSERT INTO telegram_updates (bot, update_id, chat_id, payload, state, received_at)
       SELECT 'first', g, g % 500, '{}', 'done', now() - interval '1 hour' FROM generate_series(1, 200000) g`,
    );
    await database.query(
      `INSERT INTO telegram_updates (bot, update_id, chat_id, payload)
       SELECT 'first', 1000000 + g, g % 500, '{}' FROM generate_series(1, 5000) g`,
    );
    await database.query('ANALYZE telegram_updates');
    const updates = app.get(UpdatesRepository);
    expect(await medianMs(() => database.transaction(() => updates.lockNext(BOTS)))).toBeLessThan(LIMIT_MS);
  });
});

describe('a claimed message', () => {
  const claim = async () => (await claims.claimNext(BOTS, 'words')) as ClaimedMessage;
  const state = async () => (await database.query<{ state: string }>('SELECT state FROM telegram_outbox'))[0]?.state;

  it('is what the row says', async () => {
    await owe(1);
    const message = await claim();
    expect(message).toMatchObject({ key: 'owed:1', chatId: 1, params: { text: 'hi' }, attempts: 1, state: 'sending' });
    expect(message.createdAt).toBeInstanceOf(Date);
  });

  it('is settled by an answer that comes while it waits for its repeat', async () => {
    await owe(1, 'result');
    const message = await claim();
    await claims.repeat(message, 30_000);
    await claims.settle(message, { state: 'sent', messageId: 7 });
    expect(await state()).toBe('sent');
  });

  it('is not settled by an answer that comes after the repeat has begun', async () => {
    await owe(1, 'result');
    const message = await claim();
    await claims.repeat(message, 0);
    await claim();
    await claims.settle(message, { state: 'sent', messageId: 7 });
    expect(await state()).toBe('sending');
  });
});
