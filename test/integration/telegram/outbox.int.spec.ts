import type { INestApplication } from '@nestjs/common';
import { Database } from '../../../src/platform/database/database.js';
import { ANNA_ID, FIRST_ID, JOHN_ID } from '../../../src/sandbox/testing/test-sandbox.js';
import { Audience, Outbox } from '../../../src/telegram/index.js';
import { ClaimsRepository } from '../../../src/telegram/outbox/claims.repository.js';
import { Dispatcher } from '../../../src/telegram/outbox/dispatcher.js';
import { EchoUpdate, type FakeAudience } from '../../support/echo-bot.js';
import { eventually } from '../../support/eventually.js';
import { telegramWorld, type TelegramWorld } from '../../support/telegram.js';

const BLOCKED_ID = 1003;

describe('the outbox', () => {
  let world: TelegramWorld;
  let app: INestApplication;
  let outbox: Outbox;
  let database: Database;
  let keys = 0;

  beforeAll(async () => {
    world = await telegramWorld();
    app = await world.start();
    outbox = app.get(Outbox);
    database = app.get(Database);
    for (const userId of [ANNA_ID, JOHN_ID]) await world.control.write(FIRST_ID, userId, '/start');
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'first en /start');
    await world.control.messageWith(FIRST_ID, ANNA_ID, 'first ru /start');
  });
  afterAll(() => world.close());
  afterEach(async () => {
    vi.restoreAllMocks();
    await world.control.request('DELETE', '/faults');
  });

  const newKey = () => `test:${(keys += 1)}`;
  const owed = (text: string, chatId = JOHN_ID) => ({
    key: newKey(),
    bot: 'first',
    chatId,
    kind: 'status' as const,
    text,
  });
  const stateOf = async (key: string) => {
    const [row] = await database.query<{ state: string }>('SELECT state FROM telegram_outbox WHERE key = $1', [key]);
    return row?.state;
  };
  const reaches = (key: string, state: string) => eventually(async () => (await stateOf(key)) === state, 20_000);
  const sent = async (text: string, chatId = JOHN_ID) =>
    (await world.control.messages(FIRST_ID, chatId)).filter((message) => message.text === text);

  it('sends what is owed under a key once, however often it is written', async () => {
    const message = owed('only once');
    await outbox.send(message);
    await outbox.send(message);
    await reaches(message.key, 'sent');
    await outbox.send(message);
    await outbox.send({ ...owed('afterwards') });
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'afterwards');
    expect(await sent('only once')).toHaveLength(1);
  });

  it('sends nothing that was rolled back', async () => {
    const lost = owed('never');
    await expect(
      database.transaction(async () => {
        await outbox.send(lost);
        throw new Error('no');
      }),
    ).rejects.toThrow();
    expect(await stateOf(lost.key)).toBeUndefined();
  });

  it('edits with the newest text only, and deletes after the last edit', async () => {
    const status = owed('0 %', ANNA_ID);
    await outbox.send(status);
    await reaches(status.key, 'sent');
    for (let percent = 1; percent <= 40; percent += 1) await outbox.edit(status.key, { text: `${percent} %` });
    await world.control.messageWith(FIRST_ID, ANNA_ID, '40 %');
    const edits = await world.control.calls({ method: 'editMessageText', chatId: ANNA_ID });
    expect(edits.length).toBeLessThan(20);

    await outbox.remove(status.key);
    await outbox.edit(status.key, { text: 'too late' });
    await reaches(`delete:${status.key}`, 'sent');
    expect(
      (await world.control.messages(FIRST_ID, ANNA_ID)).filter(({ text, deleted }) => !deleted && text === '40 %'),
    ).toEqual([]);
  });

  it('keeps silent in a chat for as long as Telegram asks, and then delivers (point 12)', async () => {
    await world.control.addFault({
      method: 'sendMessage',
      chatId: ANNA_ID,
      times: 1,
      kind: 'error',
      status: 429,
      description: 'Too Many Requests: retry after 2',
      retryAfter: 2,
    });
    const first = owed('held back', ANNA_ID);
    await outbox.send(first);
    await eventually(async () =>
      (await world.control.calls({ method: 'sendMessage', chatId: ANNA_ID })).some(({ status }) => status === 429),
    );
    await outbox.send({ ...owed('behind it', ANNA_ID), lane: 'another' });
    await reaches(first.key, 'sent');
    const calls = (await world.control.calls({ method: 'sendMessage', chatId: ANNA_ID })).sort((a, b) => a.seq - b.seq);
    const refusedAt = calls.findIndex(({ status }) => status === 429);
    const [refused, next] = calls.slice(refusedAt, refusedAt + 2);
    expect(new Date(next?.at ?? 0).getTime() - new Date(refused?.at ?? 0).getTime()).toBeGreaterThanOrEqual(1_900);
    expect(await sent('held back', ANNA_ID)).toHaveLength(1);
  });

  it('tries again after an error of the server', async () => {
    await world.control.addFault({
      method: 'sendMessage',
      times: 2,
      kind: 'error',
      status: 502,
      description: 'Bad Gateway',
    });
    const message = owed('through trouble');
    await outbox.send(message);
    await reaches(message.key, 'sent');
    expect(await sent('through trouble')).toHaveLength(1);
  });

  it('notes who has blocked the bot and does not try again', async () => {
    await world.control.post('/users', { firstName: 'Blocker', languageCode: 'en' });
    await world.control.write(FIRST_ID, BLOCKED_ID, 'hi');
    await world.control.messageWith(FIRST_ID, BLOCKED_ID, 'first en hi');
    await world.control.post(`/chats/${FIRST_ID}/${BLOCKED_ID}/block`, { userId: BLOCKED_ID });
    const message = owed('are you there?', BLOCKED_ID);
    await outbox.send(message);
    await reaches(message.key, 'failed');
    const audience = app.get<FakeAudience>(Audience);
    expect(audience.blocked).toContainEqual(['first', BLOCKED_ID, true]);
  });

  it('says the last words as a new message when the old one is gone', async () => {
    const status = owed('soon gone');
    await outbox.send(status);
    await reaches(status.key, 'sent');
    const [message] = await sent('soon gone');
    await world.control.get(
      `/../bot100001:first/deleteMessage?chat_id=${JOHN_ID}&message_id=${message?.message_id ?? 0}`,
    );
    await outbox.conclude(status.key, { bot: 'first', chatId: JOHN_ID }, { text: 'It failed' });
    await world.control.messageWith(FIRST_ID, JOHN_ID, 'It failed');
  });

  it('says the last words also when nothing was owed before', async () => {
    const words = () => outbox.conclude('never owed', { bot: 'first', chatId: JOHN_ID }, { text: 'Failed at once' });
    await words();
    await words();
    await reaches('conclude:never owed', 'sent');
    expect(await sent('Failed at once')).toHaveLength(1);
  });

  it('gives up a message when the server has had nothing but errors for a day', async () => {
    await world.control.addFault({ method: 'sendMessage', kind: 'error', status: 500, description: 'Internal' });
    const message = { ...owed('in vain'), lane: 'in vain' };
    await database.transaction(async () => {
      await outbox.send(message);
      const sql = `UPDATE telegram_outbox SET created_at = now() - interval '25 hours' WHERE key = $1`;
      await database.query(sql, [message.key]);
    });
    await reaches(message.key, 'failed');
  });

  describe('when the database is away during a call', () => {
    it('keeps the answer until it can be noted, and sends nothing twice', async () => {
      const away = new Error('Connection terminated unexpectedly');
      vi.spyOn(app.get(ClaimsRepository), 'settle').mockRejectedValueOnce(away).mockRejectedValueOnce(away);
      const message = owed('once, whatever the database does');
      await outbox.send(message);
      await reaches(message.key, 'sent');
      expect(await sent('once, whatever the database does')).toHaveLength(1);
    });

    it('takes nothing for lost that it is still sending itself', async () => {
      await world.control.addFault({ method: 'sendMessage', chatId: ANNA_ID, kind: 'hang', when: 'before', times: 1 });
      const message = { ...owed('still being sent', ANNA_ID), kind: 'result' as const };
      await outbox.send(message);
      await eventually(async () => (await world.control.faults()).some(({ held }) => held === 1));
      // As after half a minute without the database.
      const sql = `UPDATE telegram_outbox SET lease_until = now() - interval '1 s' WHERE key = $1`;
      await database.query(sql, [message.key]);
      await app.get(Dispatcher).reconcile();
      expect(await stateOf(message.key)).toBe('sending');
      await world.control.request('DELETE', '/faults');
      await reaches(message.key, 'sent');
      expect(await sent('still being sent', ANNA_ID)).toHaveLength(1);
    });
  });

  describe('when the answer to a call never comes', () => {
    const drop = (when: 'before' | 'after') =>
      world.control.addFault({ method: 'sendMessage', chatId: JOHN_ID, times: 1, kind: 'drop', when });

    it('repeats a status once: it may come twice, and never not at all', async () => {
      await drop('after');
      const message = owed('maybe twice');
      await outbox.send(message);
      await reaches(message.key, 'sent');
      expect(await sent('maybe twice')).toHaveLength(2);
    });

    it('does not repeat a notice: it comes at most once', async () => {
      for (const when of ['before', 'after'] as const) {
        await drop(when);
        const message = { ...owed(`notice ${when}`), kind: 'notice' as const };
        await outbox.send(message);
        await reaches(message.key, 'unknown');
      }
      expect(await sent('notice before')).toHaveLength(0);
      expect(await sent('notice after')).toHaveLength(1);
    });

    it('counts every unknown outcome', async () => {
      const [row] = await database.query<{ unknowns: number }>(
        'SELECT sum(unknowns)::int AS unknowns FROM telegram_outbox',
      );
      expect(row?.unknowns).toBe(3);
    });
  });

  it('takes up what a dead sender has left, by the kind of the message', async () => {
    const status = owed('from a dead sender');
    const notice = { ...owed('a notice from a dead sender'), kind: 'notice' as const, lane: 'notice' };
    await database.transaction(async () => {
      await outbox.send(status);
      await outbox.send(notice);
      await database.query(
        `UPDATE telegram_outbox SET state = 'sending', claim = gen_random_uuid(), lease_until = now() - interval '1 s'
         WHERE key = ANY($1)`,
        [[status.key, notice.key]],
      );
    });
    await reaches(status.key, 'sent');
    await reaches(notice.key, 'unknown');
  });

  it('tells whoever asked how a message ended, in one transaction with the note of it', async () => {
    const message = { ...owed('observed'), topic: 'echo', reference: 'row 7' };
    await outbox.send(message);
    const settled = await eventually(() => app.get(EchoUpdate).settled.find(({ key }) => key === message.key));
    expect(settled).toMatchObject({ reference: 'row 7', state: 'sent', result: { text: 'observed' } });
    const observed = 'SELECT FROM telegram_outbox WHERE key = $1 AND observed';
    await eventually(async () => (await database.query(observed, [message.key])).length === 1);
    expect(app.get(EchoUpdate).settled.filter(({ key }) => key === message.key)).toHaveLength(1);
  });

  it('tells of the other messages though one feature cannot be told', async () => {
    for (const topic of ['of a feature that is gone', 'echo']) {
      await database.query(
        `INSERT INTO telegram_outbox (key, bot, chat_id, lane, kind, method, params, files, topic, reference, state)
         VALUES ($1, 'first', 1, 'chat', 'status', 'sendMessage', '{}', '{}', $1, 'row', 'sent')`,
        [topic],
      );
    }
    await app.get(Dispatcher).reconcile();
    await eventually(() => app.get(EchoUpdate).settled.some(({ key }) => key === 'echo'));
  });
});
