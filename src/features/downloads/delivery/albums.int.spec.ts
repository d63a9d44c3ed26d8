import type { INestApplication } from '@nestjs/common';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/eventually.js';
import { Database } from '../../../platform/database/database.js';
import { Media } from '../../../platform/media/index.js';
import { factsOf } from '../../../platform/media/testing/facts.js';
import { png } from '../../../sandbox/testing/pictures.js';
import { DownloadDelivery, DownloadsFrontend, DownloadsService, type MediaKind, type SentFile } from '../index.js';
import type { DownloadedFile, DownloadedMedia, ProviderCall } from '../providers/provider.js';
import { ask, asker, downloadsWorld, type DownloadsWorld, type FakeFrontend } from '../testing/downloads-world.js';

type Kind = DownloadedFile['kind'];

/** A post with these files; pictures are real ones, for they are looked at. */
const post =
  (...kinds: Kind[]) =>
  ({ workDir }: ProviderCall): Promise<DownloadedMedia> => {
    const album = kinds.map((kind, index) => {
      const path = join(workDir, `${index}.${kind}`);
      writeFileSync(path, kind === 'photo' ? png(40, 30) : 'a video');
      return { path, kind, bytes: 7 };
    });
    const [{ path, bytes }] = album as [DownloadedFile];
    return Promise.resolve({ path, title: 'A post', expectedDurationSec: null, bytes, ttfbMs: 5, album });
  };

describe('a post with several files', () => {
  let world: DownloadsWorld;
  let app: INestApplication;
  let frontend: FakeFrontend;
  let delivery: DownloadDelivery;
  let posts = 0;

  beforeAll(async () => {
    world = await downloadsWorld();
    app = await world.start({ NEXUS_ROLES: 'worker' });
    frontend = app.get<FakeFrontend>(DownloadsFrontend);
    delivery = app.get(DownloadDelivery);
    // As the names of the files say.
    const sound = { ...factsOf(), video: null };
    const facts = (path: string) => Promise.resolve(path.endsWith('.audio') ? sound : factsOf());
    vi.spyOn(app.get(Media), 'probe').mockImplementation(facts);
  });
  afterAll(() => world.close());

  const newLink = () => `https://example.com/post-${(posts += 1)}`;
  const sent = (kind: MediaKind, fileId: string): SentFile => {
    const shape = { width: null, height: null, durationSec: null };
    return { kind, fileId, fileUniqueId: `u-${fileId}`, sizeBytes: 7, ...shape };
  };
  const says = (id: string, what: string, times = 1) =>
    eventually(() => frontend.of(id).filter((said) => said === what).length === times);
  const row = async (id: string) => {
    const [found] = await app
      .get(Database)
      .query<{ state: string; error_code: string | null }>(
        'SELECT state, error_code FROM download_requests WHERE id = $1',
        [id],
      );
    return found;
  };

  it('is sent as one album, and from then on by the ids of its files', async () => {
    const link = newLink();
    world.first.act = post('photo', 'video', 'photo');
    const { id } = await ask(app, link);
    await says(id, 'sent new album');
    const files = [sent('photo', 'a'), sent('video', 'b'), sent('photo', 'c')];
    await delivery.arrived(id, files);
    expect(await row(id)).toMatchObject({ state: 'delivered' });

    const calls = world.first.calls.length;
    const again = await ask(app, link);
    expect(frontend.of(again.id)).toEqual(['sent known album']);
    expect(world.first.calls).toHaveLength(calls);
  });

  it('ends when the last of its messages has arrived, whichever that is', async () => {
    const link = newLink();
    world.first.act = post(...Array.from({ length: 11 }, () => 'photo' as const), 'audio');
    const { id } = await ask(app, link);
    await says(id, 'sent new', 2);
    expect(frontend.of(id)).toContain('sent new album');
    const file = join(world.dataDir, 'storage', 'downloads', id, 'media-11.png');

    await delivery.arrived(id, [sent('audio', 'sound')], 2);
    const album = Array.from({ length: 10 }, (_, index) => sent('photo', `p${index}`));
    await delivery.arrived(id, album, 0);
    await delivery.arrived(id, album, 0);
    expect(await row(id)).toMatchObject({ state: 'uploading' });
    expect(existsSync(file)).toBe(true);

    await delivery.arrived(id, [sent('photo', 'p10')], 1);
    expect(await row(id)).toMatchObject({ state: 'delivered' });
    expect(existsSync(file)).toBe(false);
    const [known] = await app
      .get(Database)
      .query<{ files: SentFile[] }>('SELECT files FROM sent_media WHERE files @> $1', [
        JSON.stringify([{ fileId: 'p10' }]),
      ]);
    expect(known?.files.map(({ fileId }) => fileId)).toEqual([...album.map(({ fileId }) => fileId), 'p10', 'sound']);
  });

  it('fails when one of its messages was refused, after the others have been taken', async () => {
    const link = newLink();
    world.first.act = post('photo', 'photo', 'audio');
    const { id } = await ask(app, link);
    await says(id, 'sent new');
    await delivery.refused(id, { staleFileId: false, code: 'TELEGRAM_400' }, 0);
    expect(await row(id)).toMatchObject({ state: 'uploading' });
    await delivery.arrived(id, [sent('audio', 'x')], 1);
    expect(await row(id)).toMatchObject({ state: 'failed', error_code: 'TELEGRAM_400' });
    expect(frontend.of(id).filter((said) => said.startsWith('failed'))).toEqual(['failed TELEGRAM_400']);
  });

  it('with a picture that is none goes to the next provider', async () => {
    world.first.act = (call) => {
      const path = join(call.workDir, 'login.html');
      writeFileSync(path, '<html>Log in</html>');
      const album = [{ path, kind: 'photo' as const, bytes: 7 }];
      return Promise.resolve({ path, title: null, expectedDurationSec: null, bytes: 7, ttfbMs: 5, album });
    };
    const { id } = await ask(app, newLink());
    await says(id, 'sent new');
    const attempts = await app
      .get(Database)
      .query<{ provider: string; error_code: string | null }>(
        'SELECT provider, error_code FROM download_attempts WHERE request_id = $1 ORDER BY started_at',
        [id],
      );
    expect(attempts).toEqual([
      { provider: 'yt-dlp', error_code: 'PROVIDER_BUG' },
      { provider: 'direct', error_code: null },
    ]);
  });

  it('gives its sound alone when that is asked for, and says so when there is none', async () => {
    world.first.act = post('photo', 'audio');
    const who = asker();
    const link = newLink();
    const wish = { quality: 'best', kind: 'audio' } as const;
    const askForSound = async (url: string) => {
      await app.get(DownloadsService).ask(who, [url], wish);
      const [request] = await app
        .get(Database)
        .query<{ id: string }>('SELECT id FROM download_requests WHERE link = $1', [url]);
      return request?.id ?? '';
    };
    const id = await askForSound(link);
    await says(id, 'sent new');
    expect(frontend.of(id)).not.toContain('sent new album');
    expect(existsSync(join(world.dataDir, 'storage', 'downloads', id, 'media.m4a'))).toBe(true);
    expect(world.first.calls.at(-1)?.wish).toEqual(wish);

    world.first.act = post('photo');
    await says(await askForSound(newLink()), 'failed NO_FORMAT');
  });
});
