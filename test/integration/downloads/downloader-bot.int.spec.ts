import { ControlClient } from '../../../src/sandbox/testing/control-client.js';
import type { MessageView } from '../../../src/sandbox/world/conversations.js';
import type { Nexus } from '../../../src/nexus.js';
import { eventually } from '../../support/eventually.js';
import { testNexus } from '../../support/nexus.js';

const BOT = 100001;
const BOT_NAME = 'nexus_downloader_bot';
const SLOWLY_MS = 40_000;

type Button = { text: string; callback_data: string };

interface Album extends MessageView {
  media_group_id?: string;
}

describe('the downloader bot', () => {
  let nexus: Nexus;
  let control: ControlClient;
  let mediaUrl: string;

  beforeAll(async () => {
    nexus = await testNexus({ BOT_RATE_BURST: '1000' });
    if (!nexus.sandbox) throw new Error('The sandbox is off');
    control = new ControlClient(nexus.sandbox.apiRoot);
    mediaUrl = nexus.sandbox.mediaUrl;
  });
  afterAll(() => nexus.close());

  const person = async () =>
    (await control.post<{ id: number }>('/users', { firstName: 'Somebody', languageCode: 'en' })).id;
  const groupOf = async (...userIds: number[]) =>
    (await control.post<{ id: number }>('/groups', { title: 'Friends', userIds, botIds: [BOT] })).id;
  const say = async (chatId: number, userId: number, text: string) =>
    (await control.post<{ message: MessageView }>(`/chats/${BOT}/${chatId}/messages`, { userId, text })).message;
  const messages = async (chatId: number) =>
    (await control.messages(BOT, chatId)).filter(({ deleted }) => !deleted) as Album[];
  const ofBot = async (chatId: number) => (await messages(chatId)).filter(({ from }) => from?.id === BOT);
  const seen = (chatId: number, is: (message: Album) => unknown, count = 1) =>
    eventually(async () => {
      const found = (await ofBot(chatId)).filter((message) => Boolean(is(message)));
      return found.length >= count ? (found as [Album, ...Album[]]) : undefined;
    }, SLOWLY_MS);
  const buttonsOf = ({ reply_markup: markup }: MessageView) =>
    ((markup as { inline_keyboard: Button[][] } | undefined)?.inline_keyboard ?? []).flat();
  const buttonOf = (message: MessageView, text: string) => {
    const button = buttonsOf(message).find((each) => each.text === text);
    if (!button) throw new Error(`There is no button ${text}`);
    return button.callback_data;
  };
  const press = async (chatId: number, userId: number, { message_id: messageId }: MessageView, data: string) => {
    const path = `/chats/${BOT}/${chatId}/press`;
    const { callbackQueryId } = await control.post<{ callbackQueryId: string }>(path, { userId, messageId, data });
    return eventually(async () => {
      const callback = await control.get<{ answered: boolean; text?: string | null }>(`/callbacks/${callbackQueryId}`);
      return callback.answered ? callback : undefined;
    });
  };
  const again = async (chatId: number, { message_id: id }: MessageView) => {
    const found = (await messages(chatId)).find((message) => message.message_id === id);
    if (!found) throw new Error('The message is gone');
    return found;
  };
  const deliveredTo = async (chatId: number, userId: number, path: string) => {
    const asked = await say(chatId, userId, `${mediaUrl}${path}`);
    const [video] = await seen(
      chatId,
      (message) => message.video && message.reply_to_message?.message_id === asked.message_id,
    );
    return video;
  };

  it('offers another quality and the sound under a video, and brings what is pressed once', async () => {
    const anna = await person();
    const video = await deliveredTo(anna, anna, '/ok.mp4?choices');
    expect(buttonsOf(video).map(({ text }) => text)).toEqual(['🎬 Quality', '🎵 Audio']);

    const quality = buttonOf(video, '🎬 Quality');
    await press(anna, anna, video, quality);
    const texts = async () => buttonsOf(await again(anna, video)).map(({ text }) => text);
    await eventually(async () => (await texts()).at(-1) === '◀');
    expect(await texts()).toEqual(['1080p', '720p', '480p', '360p', '◀']);

    const small = buttonOf(await again(anna, video), '360p');
    expect(small).toBe(quality.replace('quality:', 'q:') + ':360');
    await Promise.all([press(anna, anna, video, small), press(anna, anna, video, small)]);
    const isAnswer = (message: Album) => message.reply_to_message?.message_id === video.message_id;
    const [answer] = await seen(anna, (message) => message.video && isAnswer(message));
    expect(buttonsOf(answer)).toHaveLength(2);

    await press(anna, anna, video, buttonOf(await again(anna, video), '◀'));
    await eventually(async () => (await texts())[0] === '🎬 Quality');
    await press(anna, anna, video, buttonOf(await again(anna, video), '🎵 Audio'));
    const [sound] = await seen(anna, (message) => message.audio);
    expect(sound).toMatchObject({ audio: { duration: 8, title: 'ok' } });
    expect(isAnswer(sound)).toBe(true);
    expect(buttonsOf(sound)).toEqual([]);
    expect((await ofBot(anna)).filter((message) => message.video && isAnswer(message))).toHaveLength(1);

    const calls = await control.calls({ chatId: anna, method: 'sendAudio' });
    await press(anna, anna, video, buttonOf(await again(anna, video), '🎵 Audio'));
    await seen(anna, (message) => message.audio, 2);
    const [, repeated] = await control.calls({ chatId: anna, method: 'sendAudio' });
    expect(calls).toHaveLength(1);
    expect(repeated?.params.audio).toEqual(expect.any(String));
  });

  it('brings the sound of a link at once, or says that there is none', async () => {
    const anna = await person();
    await say(anna, anna, `/audio ${mediaUrl}/ok.mp4?sound`);
    await seen(anna, (message) => message.audio);
    await say(anna, anna, `/audio ${mediaUrl}/noaudio.mp4`);
    const [words] = await seen(anna, ({ text }) => text?.includes('There is no sound'));
    expect(words.text).toMatch(/\nError id: [A-Z0-9]{8}$/);
    await say(anna, anna, '/audio');
    await seen(anna, ({ text }) => text?.includes('/audio https://'));
  });

  it('sends a post with several files as an album, the second time by their ids', async () => {
    const [anna, john] = [await person(), await person()];
    await control.post('/apis', { api: 'rapidapi', behaviour: 'album' });
    const link = 'https://www.instagram.com/p/Calbum12345/';
    const asked = await say(anna, anna, link);
    const album = await seen(anna, (message) => message.media_group_id, 3);
    expect(album.map(({ photo, video }) => (photo ? 'photo' : video && 'video'))).toEqual(['photo', 'photo', 'video']);
    expect(album.map(({ caption }) => Boolean(caption))).toEqual([true, false, false]);
    expect(album[0].reply_to_message?.message_id).toBe(asked.message_id);
    expect(album.flatMap(buttonsOf)).toEqual([]);

    // Its status goes when it is known that the album has arrived.
    await eventually(async () => (await ofBot(anna)).every(({ text }) => text === undefined));
    await say(john, john, link);
    await seen(john, (message) => message.media_group_id, 3);
    const [call, ...more] = await control.calls({ chatId: john, method: 'sendMediaGroup' });
    expect(more).toEqual([]);
    expect(JSON.stringify(call?.params.media)).not.toContain('attach://');
    expect(await control.calls({ chatId: john, method: 'sendMessage' })).toEqual([]);
  });

  it('sends a post with one photo as a photo', async () => {
    const anna = await person();
    await control.post('/apis', { api: 'rapidapi', behaviour: 'photo' });
    await say(anna, anna, 'https://www.instagram.com/p/Cphoto12345/');
    const [photo] = await seen(anna, (message) => message.photo);
    expect(photo.media_group_id).toBeUndefined();
    expect(buttonsOf(photo)).toEqual([]);
  });

  describe('in a group', () => {
    it('answers links and its own commands with replies, and nothing else', async () => {
      const [anna, john] = [await person(), await person()];
      const group = await groupOf(anna, john);
      for (const text of ['Hello', 'a.txt is a file', '/save@other_bot https://example.com/a.mp4', '/help@other_bot']) {
        await say(group, anna, text);
      }
      const help = await say(group, john, `/help@${BOT_NAME}`);
      const [answer] = await seen(group, ({ text }) => text?.includes('Send a link'));
      expect(answer.reply_to_message?.message_id).toBe(help.message_id);
      expect(await ofBot(group)).toHaveLength(1);

      const gone = await say(group, anna, `${mediaUrl}/404.mp4`);
      const [failure] = await seen(group, ({ text }) => text?.includes('Error id'));
      expect(failure.reply_to_message?.message_id).toBe(gone.message_id);
    });

    it('gives each who presses his own', async () => {
      const [anna, john] = [await person(), await person()];
      const group = await groupOf(anna, john);
      const video = await deliveredTo(group, anna, '/ok.mp4?group');
      const audio = buttonOf(video, '🎵 Audio');
      const answers = await Promise.all([press(group, anna, video, audio), press(group, john, video, audio)]);
      expect(answers.map(({ text }) => text ?? null)).toEqual([null, null]);
      await seen(group, (message) => message.audio, 2);
    });

    it('is deaf to other bots and to posts of channels', async () => {
      const [anna] = [await person()];
      const group = await groupOf(anna);
      const chat = { id: group, type: 'supergroup', title: 'Friends' };
      const link = (id: number, more: object) => ({
        message: { message_id: id, date: 1, chat, text: `${mediaUrl}/ok.mp4?deaf`, ...more },
      });
      const bot = { id: 4242, is_bot: true, first_name: 'Bot' };
      const telegram = { id: 777000, is_bot: false, first_name: 'Telegram' };
      await control.post(`/bots/${BOT}/updates`, link(9_001, { from: bot }));
      await control.post(`/bots/${BOT}/updates`, link(9_002, { from: telegram, is_automatic_forward: true }));
      await control.post(`/bots/${BOT}/updates`, {
        channel_post: {
          message_id: 5,
          date: 1,
          chat: { id: -1009, type: 'channel', title: 'C' },
          text: link(1, {}).message.text,
        },
      });
      await say(group, anna, `/help@${BOT_NAME}`);
      await seen(group, ({ text }) => text?.includes('Send a link'));
      expect(await ofBot(group)).toHaveLength(1);
    });
  });
});
