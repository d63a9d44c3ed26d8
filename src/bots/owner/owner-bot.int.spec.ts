import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { EchoModule } from '../../../test/support/echo-bot.js';
import { eventually } from '../../../test/support/eventually.js';
import { platformApp } from '../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { accountsConfig, AccountsModule } from '../../features/accounts/index.js';
import { makeUser } from '../../features/accounts/testing/make-user.js';
import { AudienceModule } from '../../features/audience/index.js';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import { Notifications, TelegramLinks } from '../../features/notifications/index.js';
import { opsConfig, OpsModule } from '../../features/ops/index.js';
import { authConfig } from '../../platform/auth/auth.config.js';
import { AuthModule } from '../../platform/auth/auth.module.js';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { secretsConfig } from '../../platform/crypto/secrets.config.js';
import { Database } from '../../platform/database/database.js';
import { egressConfig } from '../../platform/egress/egress.config.js';
import { EgressModule } from '../../platform/egress/egress.module.js';
import { HttpModule } from '../../platform/http/http.module.js';
import { Redis } from '../../platform/redis/redis.js';
import { storageConfig } from '../../platform/storage/storage.config.js';
import { StorageModule } from '../../platform/storage/storage.module.js';
import { ANNA_ID, FIRST_BOT, FIRST_ID, JOHN_ID, SECOND_BOT, SECOND_ID } from '../../sandbox/testing/test-sandbox.js';
import { startTestSandbox, type TestSandbox } from '../../sandbox/testing/test-sandbox.js';
import { TelegramModule, telegramConfig } from '../../telegram/index.js';
import { OperatorBotModule } from '../operator/operator-bot.module.js';
import { OwnerBotModule } from './owner-bot.module.js';

describe("the owner's conversation", () => {
  let stores: TestStores;
  let sandbox: TestSandbox;
  let dataDir: string;
  let app: INestApplication;
  let links: TelegramLinks;
  let owner: string;

  beforeAll(async () => {
    stores = await testStores();
    sandbox = await startTestSandbox();
    dataDir = mkdtempSync(join(tmpdir(), 'nexus-owner-'));
    const { apiRoot } = sandbox.sandbox;
    const conversations = [OperatorBotModule, OwnerBotModule, EchoModule];
    app = await platformApp({
      stores,
      groups: [telegramConfig, storageConfig, secretsConfig, authConfig, opsConfig, accountsConfig, egressConfig],
      env: {
        JWT_SECRET: 'a secret of tests, long enough for them',
        ENCRYPTION_KEYS: `test:${Buffer.alloc(32, 7).toString('base64')}`,
        DATA_DIR: dataDir,
        ADMIN_BOT: 'first',
        BOT_RATE_BURST: '1000',
      },
      imports: [
        CryptoModule,
        AuthModule,
        HttpModule,
        EgressModule,
        StorageModule,
        AccountsModule,
        AudienceModule,
        BotMessagesModule,
        OpsModule,
        TelegramModule.forRoot([
          { bot: { name: 'first', commands: [], token: FIRST_BOT.token, apiRoot }, conversations, hasSessions: false },
          {
            bot: { name: 'second', commands: [], token: SECOND_BOT.token, apiRoot },
            conversations,
            hasSessions: false,
          },
        ]),
      ],
    });
    links = app.get(TelegramLinks, { strict: false });
  });
  afterAll(async () => {
    await app.close();
    await sandbox.stop();
    await stores.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  beforeEach(async () => {
    owner = (await makeUser(app.get(Database))).id;
    await forgetFlood();
  });

  /** Or a chat would hear of each message a second after the one before. */
  const forgetFlood = async () => {
    const { client } = app.get(Redis);
    const buckets = await client.keys('*:send:*');
    if (buckets.length > 0) await client.del(buckets);
  };
  /** What a bot answers to what somebody writes to it in private. */
  const ask = async (userId: number, text: string, botId = FIRST_ID) => {
    const { message } = await sandbox.control.write(botId, userId, text);
    return after(botId, userId, message.message_id);
  };
  const after = async (botId: number, chatId: number, messageId: number) => {
    await forgetFlood();
    return eventually(async () => {
      const messages = await sandbox.control.messages(botId, chatId);
      return messages.find(({ message_id: id, from }) => id > messageId && from?.id === botId)?.text;
    });
  };
  const start = async () => `/start ${new URL((await links.invite(owner)).url).searchParams.get('start') ?? ''}`;
  const told = (chatId: number, part: string, botId = FIRST_ID) => sandbox.control.messageWith(botId, chatId, part);

  it('links a private chat, and tells there what the owner is told, in its language', async () => {
    const { url } = await links.invite(owner);
    expect(url).toMatch(/^https:\/\/t\.me\/first_bot\?start=link_[\w-]{22}$/);
    expect(await ask(ANNA_ID, await start())).toContain('Чат связан с вашим аккаунтом');
    expect(await links.stateOf(owner)).toMatchObject({ linked: true, bot: 'first_bot' });
    const params = { platform: 'vk_video', accountName: '<Лекции>' };
    const notice = { event: 'credential.invalid' as const, key: 'one', params };
    await app.get(Notifications, { strict: false }).tell(owner, notice);
    await app.get(Notifications, { strict: false }).tell(owner, notice);
    const { text } = await told(ANNA_ID, 'VK Видео');
    expect(text).toContain('VK Видео больше не принимает аккаунт «<Лекции>»');
    const all = await sandbox.control.messages(FIRST_ID, ANNA_ID);
    expect(all.filter((message) => message.text === text)).toHaveLength(1);
  });

  it('says what to do with a code that is used or wrong', async () => {
    const code = await start();
    expect(await ask(JOHN_ID, code)).toContain('This chat is linked');
    expect(await ask(JOHN_ID, code)).toContain('Ask for a new one in the panel');
    expect(await ask(ANNA_ID, '/start link_AAAAAAAAAAAAAAAAAAAAAA')).toContain('Получите новую в панели');
  });

  it('leaves every other start to the bot', async () => {
    expect(await ask(JOHN_ID, '/start')).toBe('first en /start');
    expect(await ask(JOHN_ID, '/start campaign_7')).toBe('first en /start campaign_7');
  });

  it('links no group, and nobody else with a code that a group has seen', async () => {
    const code = await start();
    const group = { title: 'Friends', userIds: [ANNA_ID, JOHN_ID], botIds: [FIRST_ID] };
    const { id } = await sandbox.control.post<{ id: number }>('/groups', group);
    await sandbox.control.post(`/chats/${FIRST_ID}/${id}/messages`, { userId: JOHN_ID, text: code });
    await told(id, 'Notifications come to private chats only');
    expect(await ask(ANNA_ID, code)).toContain('Получите новую в панели');
    expect(await links.stateOf(owner)).toMatchObject({ linked: false });
    await sandbox.control.post(`/chats/${FIRST_ID}/${id}/messages`, { userId: JOHN_ID, text: '/unlink' });
    await told(id, 'first en /unlink');
  });

  it('tells the old chat when another takes its place, with whatever bot', async () => {
    await ask(JOHN_ID, await start());
    const before = await sandbox.control.messages(FIRST_ID, JOHN_ID);
    expect(await ask(ANNA_ID, await start(), SECOND_ID)).toContain('Чат связан');
    const last = before.at(-1)?.message_id ?? 0;
    expect(await after(FIRST_ID, JOHN_ID, last)).toContain('This chat is not linked with your account any more');
    expect(await links.stateOf(owner)).toMatchObject({ linked: true, bot: 'second_bot' });
  });

  it('ends a link when the person wants it, in any bot', async () => {
    expect(await ask(JOHN_ID, '/unlink')).toBeDefined();
    expect(await ask(JOHN_ID, '/unlink')).toContain('No account is linked with you');
    await ask(JOHN_ID, await start());
    expect(await ask(JOHN_ID, '/unlink', SECOND_ID)).toContain('This chat is not linked');
    expect(await links.stateOf(owner)).toMatchObject({ linked: false });
  });
});
