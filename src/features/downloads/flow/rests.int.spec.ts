import type { INestApplication } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DownloadsFrontend } from '../index.js';
import { ProviderError } from '../errors/provider-error.js';
import { DiskRoom } from '../flow/disk-room.js';
import { Waiting } from '../providers/provider.js';
import { Gate } from '../routing/gate/gate.js';
import { Router } from '../routing/router.js';
import { RoutingTable } from '../routing/routing-table.js';
import {
  FakeProvider,
  ask,
  downloadsWorld,
  factsKnown,
  forgetFailures,
  goodVideo,
  setChain,
  type DownloadsWorld,
  type FakeFrontend,
} from '../testing/downloads-world.js';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Redis } from '../../../platform/redis/redis.js';
import { eventually } from '../../../../test/support/eventually.js';

describe('a request that rests, or that something unforeseen happens to', () => {
  const first = new FakeProvider('yt-dlp');
  const second = new FakeProvider('pytubefix');
  const paid = new FakeProvider('savenow', 'api');
  const providers = [first, second, paid];
  let world: DownloadsWorld;
  let app: INestApplication;
  let links = 0;

  beforeAll(async () => {
    world = await downloadsWorld(providers);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    for (const provider of providers) {
      provider.calls = [];
      provider.act = (call) => Promise.resolve(goodVideo(call));
      provider.probe = undefined;
    }
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await forgetFailures(app);
    await query('TRUNCATE download_requests CASCADE');
    await query(`DELETE FROM slots WHERE key IN ('youtube:savenow', 'youtube:pytubefix')`);
    await app.close();
  });

  const start = async (env: Record<string, string> = {}) => {
    app = await world.start(env);
  };
  const newLink = () => `https://youtu.be/${String((links += 1)).padStart(11, 'r')}`;
  const frontend = () => app.get<FakeFrontend>(DownloadsFrontend);
  const said = (id: string) => frontend().of(id);
  const query = <Row>(sql: string, parameters: unknown[] = []) => app.get(Database).query<Row>(sql, parameters);
  const says = (id: string, what: string, ms = 20_000) => eventually(() => said(id).includes(what), ms);
  const isOver = async (id: string) => {
    const [row] = await query<{ state: string }>('SELECT state FROM download_requests WHERE id = $1', [id]);
    return ['delivered', 'failed', 'cancelled', 'uploading'].includes(row?.state ?? '');
  };
  const room = (isThere: (sizeBytes?: number | null) => boolean) => {
    vi.spyOn(DiskRoom.prototype, 'isThere').mockImplementation((sizeBytes) => Promise.resolve(isThere(sizeBytes)));
  };

  it('ends a request for which there is never any room, after MAX_DOWNLOAD_SEC', async () => {
    await start({ MAX_DOWNLOAD_SEC: '3' });
    room(() => false);
    const { id } = await ask(app, newLink());
    await says(id, 'no_room');
    await eventually(() => isOver(id), 30_000);
  });

  it('looks whether there is room for a long one, too', async () => {
    await start({ BACKGROUND_FROM_SEC: '100' });
    room((sizeBytes) => sizeBytes === undefined || sizeBytes === null);
    first.probe = () => Promise.resolve(factsKnown({ sizeBytes: 2_000_000_000, durationSec: 600 }));
    const { id } = await ask(app, newLink());
    await eventually(() => said(id).includes('no_room') || first.calls.length > 0, 20_000);
    expect(first.calls).toHaveLength(0);
  });

  it('ends a rested request that gets no slot any more, after MAX_DOWNLOAD_SEC', async () => {
    await start({ MAX_DOWNLOAD_SEC: '5' });
    await setChain(app, ['savenow']);
    paid.act = () => Promise.reject(new Waiting({ job: 'x' }, 3_000));
    const { id } = await ask(app, newLink());
    await says(id, 'preparing');
    await query(`INSERT INTO slots VALUES ('youtube:savenow', 0)`);
    await app.get(Redis).client.del(app.get(Redis).key('slot', 'youtube:savenow'));
    await eventually(() => isOver(id), 30_000);
  });

  it('says that a video is too long for everybody, not that all are busy', async () => {
    await start();
    await query(`UPDATE download_providers SET options = options || '{"maxDurationSec": 100}'`);
    app.get(RoutingTable).forget();
    first.probe = () => Promise.resolve(factsKnown({ durationSec: 200 }));
    const { id } = await ask(app, newLink());
    await eventually(() => isOver(id), 20_000);
    await query(`UPDATE download_providers SET options = options - 'maxDurationSec'`);
    expect(said(id).at(-1)).toBe('failed CONTENT_TOO_LONG');
  });

  it('does not count those in the queue that only wait for an outside job', async () => {
    await start();
    await setChain(app, ['savenow']);
    paid.act = () => Promise.reject(new Waiting({ job: 'x' }, 60_000));
    const one = await ask(app, newLink());
    await says(one.id, 'preparing');
    const other = await ask(app, newLink());
    await says(other.id, 'preparing');
    expect(said(other.id)[0]).toBe('ack finding');
  });

  it('goes on with the next when the words of a failure have a NUL in them', async () => {
    await start();
    first.act = () => Promise.reject(new ProviderError('HTTP_403', 'ERROR: a\0b'));
    const { id } = await ask(app, newLink());
    await says(id, 'sent new', 15_000);
  });

  it('takes a title with a NUL in it', async () => {
    await start();
    first.probe = () => Promise.resolve(factsKnown({ title: 'a\0b' }));
    const { id } = await ask(app, newLink());
    await says(id, 'sent new', 15_000);
  });

  it('does not say «queued» of what is being prepared when it takes long', async () => {
    await start({ MAX_USER_WAIT_SEC: '1' });
    await setChain(app, ['savenow']);
    paid.act = () => Promise.reject(new Waiting({ job: 'x' }, 60_000));
    const { id } = await ask(app, newLink());
    await says(id, 'preparing');
    await eventually(
      async () => (await query('SELECT 1 FROM download_requests WHERE in_background')).length === 1,
      15_000,
    );
    expect(said(id).at(-1)).toBe('preparing');
  });

  it('does not take a slot again that was given back', async () => {
    await start();
    await setChain(app, ['savenow']);
    await query(`INSERT INTO slots VALUES ('youtube:savenow', 1)`);
    const question = { platform: 'youtube', durationSec: 60 } as const;
    const { turn } = await app.get(Router).take(question, new Set(), randomUUID());
    const grant = turn?.grant;
    if (!grant) throw new Error('Nobody was taken');
    const gate = app.get(Gate);
    await gate.settle(grant, { requestId: randomUUID(), outcome: 'cancelled', tries: [], costMicroUsd: 0 });
    // What a worker that has lost its request does, or a heartbeat that was under way.
    await gate.rest(grant, app.get(Clock).now());
    expect((await app.get(Router).explain(question)).chain.map(({ reason }) => reason)).toEqual(['ok']);
  });
});
