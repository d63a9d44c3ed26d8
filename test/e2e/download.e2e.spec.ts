import { eventually } from '../support/eventually.js';
import { fileOf, type Asked } from './support/person.js';
import { play, sentFile } from './support/video-file.js';
import { DOWNLOADER_ID, useWorld } from './support/world.js';

/** Of a status message, as people see it. */
const PROGRESS = /^⏬ \d+% · [\d.]+ MB\/s · \d+ s left$/;

describe('the downloader bot, with nothing configured', () => {
  const world = useWorld((created) => created.startNexus());

  const timeOfCall = async (calls: Promise<{ at: string }[]>) => new Date((await calls)[0]?.at ?? NaN).getTime();

  async function sendVideoOf(asked: Asked) {
    const { message_id: id } = await asked.video();
    const calls = await world().control.calls({ method: 'sendVideo' });
    const call = calls.find(
      ({ response }) => (response as { result?: { message_id: number } }).result?.message_id === id,
    );
    if (!call) throw new Error('No call has sent the video');
    return call.params;
  }

  it.each([
    ['a page, which yt-dlp reads', '/watch/sample', 'A sample video on a page (1)'],
    ['a file, which is fetched directly', '/ok.mp4', 'ok'],
  ])('sends the video of %s', async (_what, path, title) => {
    const person = await world().person();
    const asked = await person.say(world().link(path));
    const video = await asked.delivered();

    expect(video).toMatchObject({ caption: title, reply_to_message: { message_id: asked.messageId } });
    const params = await sendVideoOf(asked);
    expect(params).toMatchObject({
      width: '640',
      height: '360',
      duration: '8',
      supports_streaming: 'true',
      reply_parameters: { message_id: asked.messageId },
    });
    expect(video.video?.thumbnail).toMatchObject({ width: 320, height: 180 });

    const file = await sentFile(world(), video.video?.file_unique_id ?? '');
    expect(file).toMatchObject({ video: 'h264', audio: 'aac', pixels: 'yuv420p', width: 640, height: 360 });
    expect(await play(file.path)).toBe('');
  });

  it('answers within a second, shows each phase, and takes the status away when the video is there', async () => {
    const person = await world().person();
    const { id: fault } = await world().control.addFault({
      method: 'sendVideo',
      chatId: person.id,
      kind: 'hang',
      when: 'before',
    });
    const saidAt = Date.now();
    const asked = await person.say(world().link('/slow.mp4?rate=600000&phases'));
    await asked.status(/^⏫/, 30_000);
    await world().control.request('DELETE', `/faults/${fault}`);
    await asked.delivered();

    const [status] = await asked.statuses();
    expect(status?.reply_to_message?.message_id).toBe(asked.messageId);
    expect((await timeOfCall(person.calls('sendMessage'))) - saidAt).toBeLessThan(1_000);
    const edits = await asked.statusCalls('editMessageText');
    const texts = edits.map(({ params }) => String(params.text));
    expect(texts[0]).toMatch(/^(🔎|⏬)/u);
    expect(texts.find((text) => PROGRESS.test(text))).toBeDefined();
    expect(texts.at(-1)).toMatch(/^⏫/u);
    expect(await person.calls('sendChatAction')).toContainEqual(
      expect.objectContaining({ params: { chat_id: person.id, action: 'upload_video' } }),
    );
    const moments = edits.map(({ at }) => new Date(at).getTime());
    for (const [index, moment] of moments.slice(1).entries()) {
      expect(moment - (moments[index] ?? 0)).toBeGreaterThan(4_900);
    }
  });

  it.each([
    ['the same link', '/ok.mp4?again'],
    ['with a fragment', '/ok.mp4?again#t=3'],
    ['with tracking parameters', '/ok.mp4?utm_source=chat&again&utm_medium=bot&fbclid=1'],
  ])('answers a link that was asked before from what Telegram has: %s', async (_form, path) => {
    const first = await world().person();
    const original = await (await first.say(world().link('/ok.mp4?again'))).delivered();
    const hits = await world().hits('again');

    for (const person of [first, await world().person()]) {
      const saidAt = performance.now();
      const asked = await person.say(world().link(path));
      const video = await asked.video(1_500);
      expect(performance.now() - saidAt).toBeLessThan(1_500);
      expect(fileOf(video)?.file_unique_id).toBe(fileOf(original)?.file_unique_id);
      expect(video.caption).toBe(original.caption);
      expect(await asked.statuses()).toEqual([]);
    }
    expect(await world().hits('again')).toEqual(hits);
  });

  it('downloads once when Telegram delivers the same update three times', async () => {
    const person = await world().person();
    const asked = await person.say(world().link('/ok.mp4?thrice'));
    await world().control.post(`/bots/${DOWNLOADER_ID}/updates/${asked.updateId}/repeat`, { times: 2 });
    await asked.delivered();
    await person.say('/start');
    await person.hears(/^Send me a link/);

    expect(await asked.replies()).toHaveLength(2);
    expect(await world().hits('thrice')).toHaveLength(1);
  });

  it('downloads once for twenty people who ask for the same at once, and sends each of them the video', async () => {
    const people = await Promise.all(Array.from({ length: 20 }, () => world().person()));
    const link = world().link('/slow.mp4?rate=1500000&twenty');
    const asked = await Promise.all(people.map((person) => person.say(link)));
    const videos = await Promise.all(asked.map((each) => each.delivered()));

    expect(new Set(videos.map((video) => fileOf(video)?.file_unique_id)).size).toBe(1);
    for (const each of asked) expect(await each.videos()).toHaveLength(1);
    expect(await world().hits('twenty')).toHaveLength(1);
    await eventually(async () =>
      (await (await world().stores()).requests(link)).every(({ state }) => state === 'delivered'),
    );
  });
});
