import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module, type INestApplication } from '@nestjs/common';
import { EchoModule } from '../../../test/support/echo-bot.js';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { AudienceModule } from '../../features/audience/index.js';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import {
  Alerts,
  defineAlert,
  HandlesAlertAction,
  opsConfig,
  OpsModule,
  type AlertPress,
} from '../../features/ops/index.js';
import { secretsConfig } from '../../platform/crypto/secrets.config.js';
import { Database } from '../../platform/database/database.js';
import { HttpModule } from '../../platform/http/http.module.js';
import { Redis } from '../../platform/redis/redis.js';
import { storageConfig } from '../../platform/storage/storage.config.js';
import { StorageModule } from '../../platform/storage/storage.module.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID, JOHN_ID, startTestSandbox } from '../../sandbox/testing/test-sandbox.js';
import type { TestSandbox } from '../../sandbox/testing/test-sandbox.js';
import { TelegramModule, telegramConfig } from '../../telegram/index.js';
import { OperatorBotModule } from './operator-bot.module.js';

const actions = ['provider.disable', 'provider.extend_cooldown'];
const down = defineAlert({ name: 'provider_down', severity: 'critical', quietMin: 15, actions });
const strange = defineAlert({ name: 'strange', severity: 'warning', quietMin: 15, actions: [] });

@Injectable()
class Providers {
  readonly disabled: AlertPress[] = [];

  @HandlesAlertAction('provider.disable')
  disable(press: AlertPress): Promise<void> {
    this.disabled.push(press);
    return Promise.resolve();
  }
}

@Module({ providers: [Providers] })
class ProvidersModule {}

describe("the operator's bot", () => {
  let stores: TestStores;
  let sandbox: TestSandbox;
  let dataDir: string;
  let app: INestApplication;
  let groupId: number;

  beforeAll(async () => {
    stores = await testStores();
    sandbox = await startTestSandbox();
    dataDir = mkdtempSync(join(tmpdir(), 'nexus-operator-'));
    const group = { title: 'Operators', userIds: [ANNA_ID, JOHN_ID], botIds: [FIRST_ID] };
    groupId = (await sandbox.control.post<{ id: number }>('/groups', group)).id;
    const bot = { name: 'first', commands: [], token: FIRST_BOT.token, apiRoot: sandbox.sandbox.apiRoot };
    app = await platformApp({
      stores,
      groups: [telegramConfig, storageConfig, secretsConfig, opsConfig],
      env: {
        JWT_SECRET: 'test-secret',
        DATA_DIR: dataDir,
        BOT_RATE_BURST: '1000',
        STATUS_EDIT_EVERY_SEC: '0',
        ADMIN_CHAT_IDS: `${ANNA_ID},${groupId}`,
      },
      imports: [
        HttpModule,
        StorageModule,
        AudienceModule,
        BotMessagesModule,
        OpsModule,
        ProvidersModule,
        TelegramModule.forRoot([{ bot, conversations: [OperatorBotModule, EchoModule], hasSessions: false }]),
      ],
    });
    await sandbox.control.write(FIRST_ID, ANNA_ID, 'Привет');
    await sandbox.control.messageWith(FIRST_ID, ANNA_ID, 'Привет');
    await sandbox.control.write(FIRST_ID, JOHN_ID, 'Hello');
    await sandbox.control.messageWith(FIRST_ID, JOHN_ID, 'first en Hello');
  });
  afterAll(async () => {
    await app.close();
    await sandbox.stop();
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    app.get(Providers).disabled.length = 0;
    await app.get(Database).query('TRUNCATE alerts, audit_log');
    await forgetFlood();
  });

  /** Or the group would hear of each alert four seconds after the one before. */
  const forgetFlood = async () => {
    const { client } = app.get(Redis);
    const buckets = await client.keys('*:send:*');
    if (buckets.length > 0) await client.del(buckets);
  };
  const told = (chatId: number, part: string) => sandbox.control.messageWith(FIRST_ID, chatId, part);
  const buttonsOf = ({ reply_markup }: { reply_markup?: unknown }) =>
    (
      reply_markup as { inline_keyboard: { text: string; callback_data: string }[][] } | undefined
    )?.inline_keyboard.flat();
  const raise = (provider: string) =>
    app.get(Alerts).raise(down, { subject: provider, params: { provider, errorRate: 62 } });
  /** Once the spinner is off: what the person is shown. */
  const press = async (chatId: number, userId: number, messageId: number, data: string) => {
    const path = `/chats/${FIRST_ID}/${chatId}/press`;
    const { callbackQueryId } = await sandbox.control.post<{ callbackQueryId: string }>(path, {
      userId,
      messageId,
      data,
    });
    const shown = () =>
      sandbox.control.get<{ answered: boolean; text: string | null }>(`/callbacks/${callbackQueryId}`);
    return eventually(async () => {
      const { answered, text } = await shown();
      return answered ? { text } : undefined;
    });
  };

  it('tells each admin chat in its language, with buttons', async () => {
    await raise('one');
    const inRussian = await told(ANNA_ID, 'one');
    expect(inRussian.text).toBe('🔴 one не работает: 62 % ошибок');
    const inEnglish = await told(groupId, 'one');
    expect(inEnglish.text).toBe('🔴 one down: 62 % errors');
    const id = buttonsOf(inEnglish)?.[0]?.callback_data.split(':')[1] ?? '';
    expect(buttonsOf(inEnglish)).toEqual([
      { text: '⛔ Disable', callback_data: `alert:${id}:provider.disable` },
      { text: '⏸ Extend cooldown', callback_data: `alert:${id}:provider.extend_cooldown` },
    ]);
    const john = await sandbox.control.messages(FIRST_ID, JOHN_ID);
    expect(john.filter(({ text }) => text?.includes('one'))).toEqual([]);
  });

  it('tells of an alert that has no words of its own', async () => {
    await app.get(Alerts).raise(strange, { subject: '<pump>', params: {} });
    expect((await told(groupId, 'strange')).text).toBe('⚠️ strange: <pump>');
  });

  it('does what a button says, once, and shows it in every admin chat (point 24)', async () => {
    await raise('two');
    const { message_id: messageId, ...message } = await told(groupId, 'two');
    const data = buttonsOf(message)?.[0]?.callback_data ?? '';
    const answers = await Promise.all([
      press(groupId, JOHN_ID, messageId, data),
      press(ANNA_ID, ANNA_ID, (await told(ANNA_ID, 'two')).message_id, data),
      press(groupId, JOHN_ID, messageId, data),
    ]);
    expect(answers.filter(({ text }) => text === null)).toHaveLength(1);
    expect(app.get(Providers).disabled).toHaveLength(1);
    const [{ actor } = { actor: '' }] = app.get(Providers).disabled;
    const by = actor === `telegram:${JOHN_ID}` ? 'John' : 'Анна';
    const shown = await told(groupId, `✔ two disabled by ${by}`);
    expect(shown.message_id).toBe(messageId);
    expect(buttonsOf(shown)?.map(({ text }) => text)).toEqual(['⏸ Extend cooldown']);
    await told(ANNA_ID, `✔ ${by}: two отключён`);
    const audit = await app.get(Database).query('SELECT actor, action FROM audit_log');
    expect(audit).toEqual([{ actor, action: 'provider.disable' }]);
    expect(await press(groupId, JOHN_ID, messageId, data)).toEqual({ text: 'This was done already' });
  });

  it('does nothing for a stranger but to take the spinner off', async () => {
    await raise('three');
    const data = buttonsOf(await told(ANNA_ID, 'three'))?.[0]?.callback_data ?? '';
    const before = await sandbox.control.messages(FIRST_ID, JOHN_ID);
    const answer = await press(JOHN_ID, JOHN_ID, before[0]?.message_id ?? 0, data);
    expect(answer.text).toBeNull();
    expect(app.get(Providers).disabled).toEqual([]);
    expect(await sandbox.control.messages(FIRST_ID, JOHN_ID)).toEqual(before);
  });

  it('says when it is over, and takes the buttons away', async () => {
    await raise('four');
    await told(ANNA_ID, 'four');
    const { message_id: messageId, ...message } = await told(groupId, 'four');
    const data = buttonsOf(message)?.[0]?.callback_data ?? '';
    await app.get(Alerts).resolve(down, 'four');
    await told(ANNA_ID, '🟢 four: сбой закончился');
    await told(groupId, '🟢 four is not down any more');
    await eventually(async () => buttonsOf(await told(groupId, '🔴 four')) === undefined);
    expect(await press(groupId, JOHN_ID, messageId, data)).toEqual({ text: 'This alert is over' });
    expect(app.get(Providers).disabled).toEqual([]);
  });

  it('lists what is open, in admin chats alone', async () => {
    await sandbox.control.write(FIRST_ID, ANNA_ID, '/alerts');
    await told(ANNA_ID, '🟢 Всё в порядке');
    await app.get(Database).query(
      `INSERT INTO alerts (name, severity, subject, params, actions, quiet_min, presses, raised_at, last_seen_at, last_told_at)
       SELECT 'provider_down', 'critical', subject, jsonb_build_object('provider', subject, 'errorRate', 62), '[]', 15,
         '[]', now(), now(), now()
       FROM (SELECT 'five-' || number AS subject FROM generate_series(1, 21) number) subjects`,
    );
    await sandbox.control.write(FIRST_ID, ANNA_ID, '/alerts');
    const { text = '' } = await told(ANNA_ID, '… и ещё 1');
    expect(text).toContain('🔴 five-21 не работает: 62 % ошибок\n\n🔴 five-20 ');
    expect(text).not.toContain('five-1 ');
    await sandbox.control.write(FIRST_ID, JOHN_ID, '/alerts');
    await told(JOHN_ID, 'first en /alerts');
  });
});
