import type { INestApplication } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../../test/support/eventually.js';
import { Database } from '../../platform/database/database.js';
import { Media } from '../../platform/media/index.js';
import { factsOf } from '../../platform/media/testing/facts.js';
import { MediaFactsCache } from './flow/media-facts-cache.js';
import { DownloadChoices, DownloadsFrontend } from './index.js';
import type { DownloadedMedia, ProviderCall } from './providers/provider.js';
import {
  arrive,
  ask,
  asker,
  downloadsWorld,
  goodVideo,
  untilAborted,
  type DownloadsWorld,
  type FakeFrontend,
} from './testing/downloads-world.js';

const AUDIO = { quality: 'best', kind: 'audio' } as const;
const SMALL = { quality: '480', kind: 'video' } as const;

function goodSound(call: ProviderCall): DownloadedMedia {
  const path = join(call.workDir, 'sound.m4a');
  writeFileSync(path, 'sound');
  return { ...goodVideo(call), path };
}

describe('another form of what was delivered', () => {
  let world: DownloadsWorld;
  let app: INestApplication;
  let choices: DownloadChoices;
  let origin: { id: string; mediaKey: string };
  let links = 0;

  beforeAll(async () => {
    world = await downloadsWorld();
    app = await world.start({ NEXUS_ROLES: 'worker' });
    choices = app.get(DownloadChoices);
    const sound = { ...factsOf(), video: null };
    const facts = (path: string) => Promise.resolve(path.endsWith('.m4a') ? sound : factsOf());
    vi.spyOn(app.get(Media), 'probe').mockImplementation(facts);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.first.act = (call) => Promise.resolve(call.wish.kind === 'audio' ? goodSound(call) : goodVideo(call));
    const { id } = await ask(app, `https://example.com/${(links += 1)}.mp4`);
    await says(id, 'sent new');
    await arrive(app, id);
    const [row] = await app
      .get(Database)
      .query<{ mediaKey: string }>('SELECT media_key AS "mediaKey" FROM download_requests WHERE id = $1', [id]);
    origin = { id, mediaKey: row?.mediaKey ?? '' };
  });

  const frontend = () => app.get<FakeFrontend>(DownloadsFrontend);
  const says = (id: string, what: string) => eventually(() => frontend().of(id).includes(what));
  const askedBy = (tgUserId: number) =>
    app.get(Database).query<{ id: string; quality: string; kind: string; state: string; messageId: string }>(
      `SELECT id, state, message_id AS "messageId", options->>'quality' AS quality, options->>'kind' AS kind
         FROM download_requests WHERE tg_user_id = $1 AND media_key = $2 ORDER BY created_at`,
      [tgUserId, origin.mediaKey],
    );

  it('is a request of whoever pressed, answered where he pressed', async () => {
    const who = asker({ chatId: -5, messageId: 77 });
    expect(await choices.ask(who, origin.id, SMALL)).toBe('done');
    const [request] = await askedBy(who.tgUserId);
    expect(request).toMatchObject({ quality: '480', kind: 'video', messageId: '77' });
    expect(frontend().of(request?.id ?? '')[0]).toMatch(/^ack /);
    await says(request?.id ?? '', 'sent new');
    expect(world.first.calls.at(-1)?.wish).toEqual(SMALL);
  });

  it('is asked for once, however often the button is pressed while the request lives', async () => {
    const who = asker();
    world.first.act = untilAborted;
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => choices.ask(who, origin.id, AUDIO)));
    expect(outcomes.sort()).toEqual(['done', 'repeated', 'repeated', 'repeated', 'repeated']);
    expect(await askedBy(who.tgUserId)).toHaveLength(1);
    expect(await choices.ask(who, origin.id, SMALL)).toBe('done');
    expect(await choices.ask(asker(), origin.id, AUDIO)).toBe('done');
  });

  it('cannot be written twice past the check', async () => {
    const who = asker();
    await choices.ask(who, origin.id, AUDIO);
    const copy = `INSERT INTO download_requests SELECT (jsonb_populate_record(request,
      jsonb_build_object('id', gen_random_uuid(), 'error_ref', gen_random_uuid()))).* FROM download_requests request
      WHERE tg_user_id = $1 AND press_key IS NOT NULL`;
    await expect(app.get(Database).query(copy, [who.tgUserId])).rejects.toThrow('download_requests_press');
  });

  it('is answered at once from what was sent before, and may be asked for again', async () => {
    const who = asker();
    await choices.ask(who, origin.id, AUDIO);
    const [first] = await askedBy(who.tgUserId);
    await says(first?.id ?? '', 'sent new');
    await arrive(app, first?.id ?? '');
    expect(await choices.ask(who, origin.id, AUDIO)).toBe('done');
    const [, again] = await askedBy(who.tgUserId);
    expect(frontend().of(again?.id ?? '')).toEqual(['sent known']);
    expect(await choices.ask(who, origin.id, AUDIO)).toBe('repeated');
  });

  it('is nothing when nobody remembers the request, or it was another bot’s', async () => {
    expect(await choices.ask(asker(), randomUUID(), AUDIO)).toBe('forgotten');
    expect(await choices.ask(asker({ bot: 'another' }), origin.id, AUDIO)).toBe('forgotten');
    expect(await choices.heightsOf(randomUUID())).toBeNull();
  });

  it('has the heights that are known of the medium, else the usual ones', async () => {
    expect(await choices.heightsOf(origin.id)).toEqual([1080, 720, 480, 360]);
    const facts = {
      title: null,
      durationSec: 60,
      sizeBytes: null,
      width: null,
      height: null,
      isLive: false,
      ageLimit: null,
    };
    await app.get(MediaFactsCache).keep(origin.mediaKey, { ...facts, heights: [720, 240] });
    expect(await choices.heightsOf(origin.id)).toEqual([720, 240]);
  });
});
