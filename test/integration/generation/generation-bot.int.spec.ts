import { randomUUID } from 'node:crypto';
import { Database } from '../../../src/platform/database/database.js';
import { Redis } from '../../../src/platform/redis/redis.js';
import { ControlClient } from '../../../src/sandbox/testing/control-client.js';
import { png } from '../../../src/sandbox/testing/pictures.js';
import type { Nexus } from '../../../src/nexus.js';
import { eventually } from '../../support/eventually.js';
import { testNexus } from '../../support/nexus.js';
import { buttonsOf, Customer, keyboardOf } from './customer.js';

const BOT = 100002;
const VIDEO_MS = 60_000;
const STARTED = '🎬 Generation started, 1 to 30 minutes';

describe('the generation bot', () => {
  let nexus: Nexus;
  let control: ControlClient;

  beforeAll(async () => {
    nexus = await testNexus({
      BOT_RATE_BURST: '1000',
      SUPPORT_CONTACT: '@nexus_support',
      WELCOME_CREDITS: '4',
      GENERATION_POLL_FIRST_SEC: '0.2',
      GENERATION_POLL_EVERY_SEC: '0.2',
    });
    if (!nexus.sandbox) throw new Error('The sandbox is off');
    control = new ControlClient(nexus.sandbox.apiRoot);
  });
  afterAll(() => nexus.close());

  const forget = async (what: 'send' | 'session') => {
    const { client } = nexus.app.get(Redis);
    const keys = await client.keys(`*:${what}:*`);
    if (keys.length > 0) await client.del(keys);
  };
  const customer = async (languageCode = 'en') => {
    const { id } = await control.post<{ id: number }>('/users', { firstName: 'Somebody', languageCode });
    return new Customer(control, BOT, id, () => forget('send'));
  };
  /** At the summary of one video. */
  const ready = async (product = 'A red mug', count = 1) => {
    const anna = await customer();
    await anna.say('🎬 Generate reels');
    await anna.send('photo');
    await anna.say(product);
    await anna.choose('kind:ad');
    await anna.say('-');
    await anna.choose(`count:${count}`);
    return anna;
  };
  const jobsOf = (anna: Customer) =>
    nexus.app
      .get(Database)
      .query<{ photo_key: string; product_text: string; wishes: string | null; status: string }>(
        'SELECT photo_key, product_text, wishes, status FROM generation_jobs WHERE tg_user_id = $1 ORDER BY created_at',
        [anna.id],
      );
  const video = (anna: Customer, count = 1) =>
    eventually(async () => {
      const videos = (await anna.heard()).filter((message) => message.video);
      return videos[count - 1];
    }, VIDEO_MS);
  const times = async (anna: Customer, words: string) =>
    (await anna.heard()).filter(({ text }) => text?.includes(words)).length;

  it('shows its menu in both languages, and knows its labels in either', async () => {
    const [john, anna] = [await customer('en'), await customer('ru-RU')];
    expect(keyboardOf(await john.say('/start'))).toEqual([
      ['🎬 Generate reels'],
      ['💳 Balance', '📁 My videos'],
      ['🆘 Support', '🌐 Language'],
    ]);
    expect(keyboardOf(await anna.say('/start'))).toEqual([
      ['🎬 Создать рилс'],
      ['💳 Баланс', '📁 Мои видео'],
      ['🆘 Поддержка', '🌐 Язык'],
    ]);
    expect((await anna.say('🎬 Generate reels')).text).toContain('Пришлите фото товара');
    expect((await john.say('🆘 Поддержка')).text).toBe('🆘 Write to us: @nexus_support');
    expect((await john.say('anything')).text).toContain('Press “🎬 Generate reels”');
  });

  it('leads from a photo to a video, and from there to another of the same product', async () => {
    const anna = await customer();
    await anna.say('/start');
    await anna.say('🎬 Generate reels');
    expect((await anna.send('photo')).text).toContain('A welcome gift for you: 4 credits!');
    expect((await anna.say('A mug of <clay> & love')).text).toContain('Which kind of video?');
    expect((await anna.choose('kind:ugc')).text).toContain('Any wishes');
    const counts = await anna.say('in the rain');
    expect(counts.text).toContain('One video costs 1 credit. You have 4 credits.');
    expect(buttonsOf(counts).map(({ text }) => text)).toEqual([
      '1 video · 1 credit',
      '3 videos · 3 credits',
      '5 videos · 5 credits (need 1 more)',
      '◀ Back',
      '✖ Cancel',
    ]);
    const summary = await anna.choose('count:1');
    expect(summary.text).toBe(
      '👀 Is everything right?\n\nProduct: A mug of <clay> & love\nVideo: UGC\nWishes: in the rain\nHow many: 1\nPrice: 1 credit',
    );
    expect(buttonsOf(summary).map(({ text }) => text)).toEqual(['✅ Generate', '◀ Back', '✖ Cancel']);

    await anna.choose('go:');
    expect(await anna.touch('go:')).toBe('These videos are ordered already');
    const sent = await video(anna);
    expect(sent.caption).toBe('🎬 A mug of <clay> & love');
    expect(await times(anna, STARTED)).toBe(1);
    expect(buttonsOf(sent).map(({ text }) => text)).toEqual(['🔄 Once more with this product', '🏠 Menu']);
    expect(await anna.touch('cancel:')).toBe('These videos are ordered already');

    expect((await anna.choose('again:')).text).toContain('Which kind of video?');
    await anna.choose('kind:own');
    await anna.say('Turn the mug slowly');
    await anna.choose('count:1');
    await anna.choose('go:');
    const newer = await video(anna, 2);
    const [first, second] = await jobsOf(anna);
    expect(second).toMatchObject({ photo_key: first?.photo_key, product_text: first?.product_text, wishes: null });
    expect(keyboardOf(await anna.choose('menu'))).toHaveLength(3);

    const balance = await anna.say('💳 Balance');
    expect(balance.text).toMatch(/^💳 You have 2 credits\n/);
    expect(balance.text).toMatch(/\d \w{3,4} · \+4 · welcome gift/);
    expect(balance.text).toMatch(/\d \w{3,4} · −1 · set aside for a video/);
    expect(buttonsOf(balance)).toContainEqual(expect.objectContaining({ url: 'https://t.me/nexus_support' }));
    const list = await anna.say('/videos');
    expect(list.text).toMatch(/1\. \d+ \w{3,4} · My own prompt · A mug of <clay> & love · ✅\n2\. /);
    await anna.choose('video:');
    expect((await video(anna, 3)).video).toEqual(newer.video);
    expect(await times(anna, 'credits are back')).toBe(0);
  });

  it('goes back step by step, and takes nothing from buttons that are behind', async () => {
    const anna = await ready();
    const summary = await anna.hears('Is everything right?');
    const go = buttonsOf(summary)[0]?.callback_data ?? '';
    expect((await anna.choose('back:')).text).toContain('How many videos?');
    expect(await anna.press(summary, go)).toBe('This has expired, start again');
    expect((await anna.choose('back:')).text).toContain('Any wishes');
    expect(await anna.touch('count:1')).toBe('We are past this step: see my last message');
    expect((await anna.choose('back:')).text).toContain('Which kind of video?');
    expect((await anna.choose('back:')).text).toContain('What is it?');
    expect((await anna.choose('back:')).text).toContain('Send a photo');
    expect(keyboardOf(await anna.choose('back:'))).toHaveLength(3);
    expect(await anna.touch('kind:ad')).toBe('This has expired, start again');
    expect(await jobsOf(anna)).toEqual([]);
  });

  it.each(['button', 'command'])('is left by a %s at any step', async (how) => {
    const anna = await ready();
    const summary = await anna.hears('Is everything right?');
    const left = how === 'button' ? await anna.choose('cancel:') : await anna.say('/cancel');
    expect(left.text).toBe('Cancelled.');
    expect(keyboardOf(left)).toHaveLength(3);
    expect(await anna.press(summary, buttonsOf(summary)[0]?.callback_data ?? '')).toBe('This has expired, start again');
    expect((await anna.say('/cancel')).text).toContain('There is nothing to cancel');
    expect(await jobsOf(anna)).toEqual([]);
  });

  it('orders what a summary shows, even when another order was begun meanwhile', async () => {
    const anna = await ready('The first mug');
    const first = await anna.hears('Is everything right?');
    await anna.say('/start');
    await anna.say('🎬 Generate reels');
    await anna.send('photo');
    await anna.press(first, buttonsOf(first)[0]?.callback_data ?? '');
    await anna.hears(STARTED);
    expect((await anna.say('The second mug')).text).toContain('Which kind of video?');
    expect((await jobsOf(anna)).map(({ product_text: text }) => text)).toEqual(['The first mug']);
  });

  it('says what it expects, whatever it is sent', async () => {
    const anna = await customer();
    await anna.say('🎬 Generate reels');
    expect((await anna.say('A red mug')).text).toContain('I am waiting for a photo');
    expect((await anna.send('video', Buffer.from('a film'))).text).toContain('I am waiting for a photo');
    expect((await anna.send('document', Buffer.from('%PDF-1.4'))).text).toContain('I cannot use this file');
    expect((await anna.send('photo', png(200, 400))).text).toContain('at least 300 pixels');
    expect((await anna.send('document', png(6_001, 400))).text).toContain('up to 6000 pixels');
    const large = Buffer.concat([png(400, 400), Buffer.alloc(10 * 1024 * 1024)]);
    expect((await anna.send('document', large)).text).toContain('up to 10 MB');
    expect((await anna.send('document')).text).toContain('Got the photo');
    expect((await anna.send('photo')).text).toContain('I am waiting for the description');
    expect((await anna.say('ab')).text).toContain('at least 3 characters');
    expect((await anna.say('x'.repeat(1_001))).text).toContain('up to 1000 characters, and yours has 1001');
    expect((await anna.say('/unknown')).text).toContain('I am waiting for the description');
    expect(buttonsOf(await anna.say('A red mug')).map(({ text }) => text)).toEqual([
      'UGC',
      'Ad',
      'My own prompt',
      '◀ Back',
      '✖ Cancel',
    ]);
    const kinds = await anna.say('an ad');
    expect(kinds.text).toContain('Choose the kind of video with a button');
    expect(buttonsOf(kinds)).toHaveLength(5);
    await anna.choose('kind:own');
    expect((await anna.say('x'.repeat(2_001))).text).toContain('up to 2000 characters');
    await anna.say('Turn the mug');
    expect((await anna.say('3')).text).toContain('Choose how many videos');
    await anna.choose('count:1');
    expect((await anna.say('yes')).text).toContain('Press “✅ Generate”');
  });

  it('takes the first photo of an album', async () => {
    const anna = await customer();
    await anna.send('photo');
    const photo = (await control.messages(BOT, anna.id)).find((message) => message.photo);
    await anna.say('🎬 Generate reels');
    for (const id of [90_001, 90_002]) {
      const message = { ...photo, message_id: id, media_group_id: 'album' };
      await control.post(`/bots/${BOT}/updates`, { message });
    }
    await anna.hears('Got the photo');
    expect((await anna.say('A red mug')).text).toContain('Which kind of video?');
    expect(await times(anna, 'I am waiting')).toBe(0);
  });

  it('asks for the photo again when Telegram does not hand it over', async () => {
    const anna = await customer();
    await anna.say('🎬 Generate reels');
    const fault = { method: 'getFile', kind: 'error', status: 500, description: 'Internal Server Error' } as const;
    const { id } = await control.addFault(fault);
    expect((await anna.send('photo')).text).toContain('Please send it again');
    await control.request('DELETE', `/faults/${id}`);
    expect((await anna.send('photo')).text).toContain('Got the photo');
  });

  it('names what is missing, and where there is more', async () => {
    const anna = await ready('A red mug', 3);
    await anna.choose('go:');
    await anna.hears(STARTED);
    await anna.say('/start');
    await anna.say('🎬 Generate reels');
    await anna.send('photo');
    await anna.say('Another mug');
    await anna.choose('kind:ad');
    await anna.say('-');
    const short = await anna.choose('count:5');
    expect(short.text).toContain('Not enough credits: 4 more needed');
    expect(short.text).toContain('@nexus_support');
    expect(short.text).toContain('Your order is kept');
    expect(buttonsOf(short)[0]).toEqual({ text: '💳 Top up', url: 'https://t.me/nexus_support' });
    expect((await anna.choose('count:1')).text).toContain('Is everything right?');
  });

  it('takes nothing when it has forgotten what was begun', async () => {
    const anna = await ready();
    await forget('session');
    expect(await anna.touch('go:')).toBe('This has expired, start again');
    expect(keyboardOf(await anna.hears('This has expired, start again'))).toHaveLength(3);
    expect(await jobsOf(anna)).toEqual([]);
    expect((await anna.say('/balance')).text).toContain('You have 4 credits');
  });

  it('gives nobody another’s product, nor his videos', async () => {
    const anna = await ready();
    await anna.choose('go:');
    const sent = await video(anna);
    const [again = ''] = buttonsOf(sent).map(({ callback_data: data }) => data ?? '');
    const john = await customer();
    const menu = await john.say('/start');
    expect(await john.press(menu, again)).toBe('I do not know this video any more');
    expect(await john.press(menu, again.replace('again', 'video'))).toBe('This video is not kept any more');
    expect(await john.press(menu, `again:${randomUUID()}`)).toBe('I do not know this video any more');
    expect(await john.press(menu, 'nonsense')).toBe('This has expired, start again');
    expect((await john.say('📁 My videos')).text).toContain('You have no videos yet');
  });

  it('speaks the language that was chosen, at once', async () => {
    const anna = await customer();
    expect(buttonsOf(await anna.say('🌐 Language')).map(({ text }) => text)).toEqual(['English', 'Русский']);
    expect(keyboardOf(await anna.choose('lang:ru'))[0]).toEqual(['🎬 Создать рилс']);
    expect((await anna.say('/help')).text).toContain('Как это работает');
  });

  it('is for private chats', async () => {
    const anna = await customer();
    const group = { title: 'Friends', userIds: [anna.id], botIds: [BOT] };
    const { id } = await control.post<{ id: number }>('/groups', group);
    const write = (text: string) => control.post(`/chats/${BOT}/${id}/messages`, { userId: anna.id, text });
    await write('🎬 Generate reels');
    await write('/start');
    await control.messageWith(BOT, id, 'I work in private chats only. Write to me: @nexus_generation_bot');
    expect(await control.messages(BOT, id)).toHaveLength(3);
  });
});
