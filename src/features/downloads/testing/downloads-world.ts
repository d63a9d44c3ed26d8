import { Global, Injectable, Module, type INestApplication } from '@nestjs/common';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DownloadDelivery,
  DownloadsFrontend,
  DownloadsModule,
  DownloadsService,
  downloadsConfig,
  type Asker,
  type DownloadRequest,
  type Failure,
  type Phase,
  type ReadyMedia,
} from '../index.js';
import { PROVIDERS } from '../providers/provider-registry.js';
import type {
  DownloadedMedia,
  DownloadSink,
  MediaFacts as KnownFacts,
  Provider,
  ProviderCall,
} from '../providers/provider.js';
import { OpsModule, opsConfig } from '../../ops/index.js';
import { RecordingFrontendModule } from '../../ops/testing/recording-frontend.js';
import { authConfig } from '../../../platform/auth/auth.config.js';
import { AuthModule } from '../../../platform/auth/auth.module.js';
import { CryptoModule } from '../../../platform/crypto/crypto.module.js';
import { StandInsModule } from '../../../platform/stand-ins/stand-ins.js';
import { secretsConfig } from '../../../platform/crypto/secrets.config.js';
import { RoutingTable } from '../routing/routing-table.js';
import { Database } from '../../../platform/database/database.js';
import { EgressModule } from '../../../platform/egress/egress.module.js';
import { egressConfig } from '../../../platform/egress/egress.config.js';
import { Redis } from '../../../platform/redis/redis.js';
import { Media } from '../../../platform/media/index.js';
import { mediaConfig } from '../../../platform/media/media.config.js';
import { MediaModule } from '../../../platform/media/media.module.js';
import { planFix } from '../../../platform/media/plan-fix.js';
import { factsOf } from '../../../platform/media/testing/facts.js';
import { programsConfig } from '../../../platform/programs/programs.config.js';
import { ProgramsModule } from '../../../platform/programs/programs.module.js';
import { storageConfig } from '../../../platform/storage/storage.config.js';
import { StorageModule } from '../../../platform/storage/storage.module.js';
import { telegramConfig } from '../../../telegram/index.js';
import { platformApp } from '../../../../test/support/platform.js';
import { testStores, type TestStores } from '../../../../test/support/stores.js';

/** Remembers what the asker was shown: as with a real one, only what was committed. */
@Injectable()
export class FakeFrontend extends DownloadsFrontend {
  readonly said: { requestId: string; what: string }[] = [];

  constructor(private readonly database: Database) {
    super();
  }

  acknowledge(request: DownloadRequest, phase: Phase): Promise<void> {
    return this.say(request, `ack ${phase.kind}`);
  }

  show(request: DownloadRequest, phase: Phase): Promise<void> {
    return this.say(request, phase.kind);
  }

  deliver(request: DownloadRequest, { files }: ReadyMedia): Promise<void> {
    const what = files.some(({ source }) => 'fileId' in source) ? 'sent known' : 'sent new';
    return this.say(request, files.length > 1 ? `${what} album` : what);
  }

  delivered(request: DownloadRequest): Promise<void> {
    return this.say(request, 'delivered');
  }

  failed(request: DownloadRequest, { code, overloaded }: Failure): Promise<void> {
    return this.say(request, overloaded ? 'overloaded' : `failed ${code}`);
  }

  cancelled(request: DownloadRequest): Promise<void> {
    return this.say(request, 'cancelled');
  }

  of(requestId: string): string[] {
    return this.said.filter((entry) => entry.requestId === requestId).map(({ what }) => what);
  }

  private say({ id }: DownloadRequest, what: string): Promise<void> {
    return this.database.afterCommit(() => this.said.push({ requestId: id, what }));
  }
}

type Act = (call: ProviderCall, sink: DownloadSink) => Promise<DownloadedMedia>;

/** Does what a test tells it to; by default it gets a good video at once. */
export class FakeProvider implements Provider {
  calls: ProviderCall[] = [];
  act: Act = (call) => Promise.resolve(goodVideo(call));
  /** Nobody asks it before a download unless a test makes it answer. */
  probe?: Provider['probe'];

  constructor(
    readonly name: string,
    readonly kind: Provider['kind'] = 'local',
  ) {}

  readiness() {
    return Promise.resolve({ ready: true });
  }

  download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    this.calls.push(call);
    return this.act(call, sink);
  }
}

export function goodVideo({ workDir }: ProviderCall): DownloadedMedia {
  const path = join(workDir, 'video.mp4');
  writeFileSync(path, 'a video');
  return { path, title: 'A title', expectedDurationSec: 60, bytes: 7, ttfbMs: 5 };
}

/** What a provider tells of a medium before it fetches it: a minute of video. */
export const factsKnown = (changes: Partial<KnownFacts> = {}): KnownFacts => ({
  title: 'Known before',
  durationSec: 60,
  sizeBytes: null,
  width: null,
  height: null,
  isLive: false,
  ageLimit: null,
  ...changes,
});

/** Goes on until its call is aborted, as it may have been before. */
export const untilAborted = ({ signal }: ProviderCall): Promise<never> =>
  new Promise((_, reject) => {
    const leave = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
  });

const encryptionKey = `test:${Buffer.alloc(32, 1).toString('base64')}`;

@Global()
@Module({ providers: [{ provide: DownloadsFrontend, useClass: FakeFrontend }], exports: [DownloadsFrontend] })
class FrontendModule {}

const media = {
  probe: () => Promise.resolve(factsOf()),
  planFix: (facts: Parameters<typeof planFix>[0]) => Promise.resolve(planFix(facts)),
  thumbnail: () => Promise.resolve({ bytes: Buffer.from('jpeg'), width: 320, height: 180 }),
  version: () => Promise.resolve('fake'),
};

export interface DownloadsWorld {
  first: FakeProvider;
  second: FakeProvider;
  dataDir: string;
  stores: TestStores;
  start(env?: Record<string, string>): Promise<INestApplication>;
  close(): Promise<void>;
}

/** Downloads on real stores, with providers in the chain of every platform that do as they are told: two unless given. */
export async function downloadsWorld(providers?: FakeProvider[]): Promise<DownloadsWorld> {
  const stores = await testStores();
  const dataDir = mkdtempSync(join(tmpdir(), 'nexus-downloads-'));
  const [first, second] = [new FakeProvider('yt-dlp'), new FakeProvider('direct')];
  const fakes = providers ?? [first, second];
  const chain = fakes.map(({ name }) => name);
  const apps = new Set<INestApplication>();
  return {
    first,
    second,
    dataDir,
    stores,
    start: async (env = {}) => {
      const app = await platformApp({
        stores,
        groups: [
          authConfig,
          downloadsConfig,
          opsConfig,
          secretsConfig,
          telegramConfig,
          egressConfig,
          mediaConfig,
          programsConfig,
          storageConfig,
        ],
        env: {
          DATA_DIR: dataDir,
          DOWNLOAD_DIRECT_ENABLED: 'true',
          ENCRYPTION_KEYS: encryptionKey,
          JWT_SECRET: 'a secret of tests, long enough for them',
          PATH: '/usr/bin:/bin',
          ...env,
        },
        imports: [
          AuthModule,
          StorageModule,
          EgressModule,
          ProgramsModule,
          MediaModule,
          CryptoModule,
          RecordingFrontendModule,
          OpsModule,
          FrontendModule,
          StandInsModule.forRoot({}),
          DownloadsModule,
        ],
        replace: [
          [PROVIDERS, fakes],
          [Media, media],
        ],
      });
      await setChain(app, chain);
      // A test that is about slots says so.
      await app.get(Database).query('UPDATE slots SET "limit" = 100');
      apps.add(app);
      const close = app.close.bind(app);
      // What is closed twice opens its connections anew.
      app.close = async () => {
        if (apps.delete(app)) await close();
      };
      return app;
    },
    close: async () => {
      for (const app of apps) await app.close();
      await stores.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let messages = 0;
export function asker(changes: Partial<Asker> = {}): Asker {
  messages += 1;
  return { bot: 'downloader', chatId: 1, tgUserId: messages, messageId: messages, language: 'en', ...changes };
}

/** Asks for a link, and answers the request that came of it. */
export async function ask(app: INestApplication, link: string, who = asker()): Promise<DownloadRequest> {
  await app.get(DownloadsService).ask(who, [link]);
  const [request] = await app
    .get(Database)
    .query<DownloadRequest>('SELECT * FROM download_requests WHERE message_id = $1 AND bot = $2', [
      who.messageId,
      who.bot,
    ]);
  if (!request) throw new Error('No request was written');
  return request;
}

/** What earlier tests have taught the gate says nothing to the next. */
export async function forgetFailures(app: INestApplication): Promise<void> {
  const { client } = app.get(Redis);
  const keys = await client.keys('nexus:*');
  if (keys.length > 0) await client.del(keys);
  await app.get(Database).query('TRUNCATE circuit_openings');
}

/** From now on every platform has this chain. */
export async function setChain(app: INestApplication, chain: string[]): Promise<void> {
  await app.get(Database).query('UPDATE routing_rules SET provider_chain = $1', [chain]);
  app.get(RoutingTable).forget();
}

/** Telegram has taken what was sent. */
export async function arrive(app: INestApplication, requestId: string): Promise<void> {
  await app.get(DownloadDelivery).arrived(requestId, [
    {
      kind: 'video',
      fileId: `file-${requestId}`,
      fileUniqueId: 'unique',
      sizeBytes: 7,
      width: 1280,
      height: 720,
      durationSec: 60,
    },
  ]);
}
