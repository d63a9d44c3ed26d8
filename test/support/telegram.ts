import { Global, Module, type INestApplication } from '@nestjs/common';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { StorageModule } from '../../src/platform/storage/storage.module.js';
import { storageConfig } from '../../src/platform/storage/storage.config.js';
import { secretsConfig } from '../../src/platform/crypto/secrets.config.js';
import { FIRST_BOT, SECOND_BOT, startTestSandbox, type TestSandbox } from '../../src/sandbox/testing/test-sandbox.js';
import { Audience, BotTexts, TelegramModule, telegramConfig } from '../../src/telegram/index.js';
import { EchoModule, FakeAudience, FakeTexts } from './echo-bot.js';
import { platformApp } from './platform.js';
import { testStores, type TestStores } from './stores.js';

@Global()
@Module({
  providers: [
    { provide: Audience, useClass: FakeAudience },
    { provide: BotTexts, useClass: FakeTexts },
  ],
  exports: [Audience, BotTexts],
})
class PortsModule {}

/** Two bots that echo, on real stores, against the stand-in of the Bot API. */
export interface TelegramWorld extends TestSandbox {
  stores: TestStores;
  /** One process; several of them share the stores and the stand-in. */
  start(env?: Record<string, string>): Promise<INestApplication>;
  close(): Promise<void>;
}

export async function telegramWorld(): Promise<TelegramWorld> {
  const stores = await testStores();
  const sandbox = await startTestSandbox();
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-telegram-'));
  const apps: INestApplication[] = [];
  const bots = [
    { name: 'first', commands: [], token: FIRST_BOT.token, apiRoot: sandbox.sandbox.apiRoot },
    { name: 'second', commands: [], token: SECOND_BOT.token, apiRoot: sandbox.sandbox.apiRoot },
  ];
  const start = async (env: Record<string, string> = {}) => {
    const app = await platformApp({
      stores,
      groups: [telegramConfig, storageConfig, secretsConfig],
      env: { JWT_SECRET: 'test-secret', DATA_DIR: dataDir, BOT_RATE_BURST: '1000', STATUS_EDIT_EVERY_SEC: '0', ...env },
      imports: [
        HttpModule,
        StorageModule,
        PortsModule,
        TelegramModule.forRoot(bots.map((bot) => ({ bot, conversations: [EchoModule], hasSessions: true }))),
      ],
    });
    apps.push(app);
    return app;
  };
  return {
    ...sandbox,
    stores,
    start,
    close: async () => {
      for (const app of apps.splice(0)) await app.close();
      await sandbox.stop();
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
