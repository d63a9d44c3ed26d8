import { eventually } from '../support/eventually.js';
import { p95, report } from '../support/measured.js';
import { scale } from '../support/scale.js';
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

  it('answers within a second, shows each phase, and takes the status away when the video is there (point 11)', async () => {
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

  it('answers a link that was asked before from what Telegram has, whoever asks, however it is written (point 9)', async () => {
    const first = await world().person();
    const original = await (await first.say(world().link('/ok.mp4?again'))).delivered();
    const hits = await world().hits('again');
    const forms = ['/ok.mp4?again', '/ok.mp4?again#t=3', '/ok.mp4?utm_source=chat&again&utm_medium=bot&fbclid=1'];

    const times: number[] = [];
    for (let turn = 0; turn < forms.length * scale(4, 70); turn += 1) {
      const person = turn === 0 ? first : await world().person();
      const saidAt = performance.now();
      const asked = await person.say(world().link(forms[turn % forms.length] ?? ''));
      const video = await asked.video();
      times.push(performance.now() - saidAt);
      expect(fileOf(video)?.file_unique_id).toBe(fileOf(original)?.file_unique_id);
      expect(video.caption).toBe(original.caption);
      expect(await asked.statuses()).toEqual([]);
    }
    report('point 9', { answers: times.length, p95Ms: Math.round(p95(times)) });
    expect(p95(times)).toBeLessThanOrEqual(1_500);
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

  it('downloads once for twenty people who ask for the same within five seconds, and sends each the video (point 10)', async () => {
    for (let round = 1; round <= scale(1, 10); round += 1) {
      const people = await Promise.all(Array.from({ length: 20 }, () => world().person()));
      const link = world().link(`/slow.mp4?rate=1500000&twenty=${round}-of-all`);
      const saidAt = performance.now();
      const asked = await Promise.all(people.map((person) => person.say(link)));
      expect(performance.now() - saidAt).toBeLessThan(5_000);
      const videos = await Promise.all(asked.map((each) => each.delivered()));

      expect(new Set(videos.map((video) => fileOf(video)?.file_unique_id)).size).toBe(1);
      for (const each of asked) expect(await each.videos()).toHaveLength(1);
      expect(await world().hits(`twenty=${round}-of-all`)).toHaveLength(1);
      await eventually(async () =>
        (await (await world().stores()).requests(link)).every(({ state }) => state === 'delivered'),
      );
    }
  });

  it('writes down of each attempt what it was, why it was made and what became of it (point 7)', async () => {
    const bad = scale([403, 404, 503], [401, 403, 404, 410, 429, 500, 503]).map((status) => `/${status}.mp4?told`);
    const good = ['/ok.mp4?told', '/watch/sample?told'];
    const ask = async (path: string) => (await world().person()).say(world().link(path));
    const [failing, succeeding] = await Promise.all([Promise.all(bad.map(ask)), Promise.all(good.map(ask))]);
    await Promise.all(failing.map((asked) => asked.status(/Error id/, 60_000)));
    await Promise.all(succeeding.map((asked) => asked.delivered()));

    const attempts = await (
      await world().stores()
    ).query<{ link: string; outcome: string; reason: string }>(
      `SELECT attempt.*, link FROM download_attempts attempt JOIN download_requests request ON request.id = request_id
       WHERE link LIKE '%told' ORDER BY started_at`,
    );
    const always = {
      provider: expect.stringMatching(/^(direct|yt-dlp)$/) as string,
      egress: 'direct',
      platform: 'direct',
      duration_bucket: expect.any(String) as string,
      reason: expect.stringMatching(/^(probe|\d of \d)/) as string,
      tries: expect.arrayContaining([expect.objectContaining({ egress: 'direct' })]) as unknown[],
      download_time_ms: expect.any(Number) as number,
    };
    for (const attempt of attempts) {
      // What a link is about is asked before there is a rule for it.
      const ruleId = attempt.reason === 'probe' ? null : (expect.any(String) as string);
      expect(attempt).toMatchObject({ ...always, rule_id: ruleId });
    }
    for (const path of good) {
      expect(attempts.filter(({ link }) => link === world().link(path))).toMatchObject([
        {
          outcome: 'succeeded',
          error_class: null,
          download_host: '127.0.0.1',
          redirect_chain: expect.arrayContaining(['127.0.0.1']) as string[],
          ttfb_ms: expect.any(Number) as number,
          file_size_bytes: expect.stringMatching(/^\d+$/) as string,
          download_speed_bytes_per_sec: expect.any(Number) as number,
        },
      ]);
    }
    const failed = attempts.filter(({ outcome }) => outcome === 'failed');
    expect(new Set(failed.map(({ link }) => link))).toEqual(new Set(bad.map((path) => world().link(path))));
    for (const attempt of failed) {
      expect(attempt).toMatchObject({
        error_class: expect.stringMatching(/^(HARD_KILL|STALL|PROVIDER_BUG|CONFIG|EGRESS|CONTENT|LOCAL)$/) as string,
        error_code: expect.stringMatching(/^[A-Z_0-9]+$/) as string,
        message: expect.stringMatching(/./) as string,
      });
    }
  });

  it('sends nothing of a video of which a part is missing, and says so (point 18)', async () => {
    const asked = await (await world().person()).say(world().link('/hls/gap.m3u8'));
    await asked.status(/Error id/, 60_000);
    expect(await asked.videos()).toEqual([]);
    const [request] = await (await world().stores()).requests(world().link('/hls/gap.m3u8'));
    expect(request?.state).toBe('failed');
  });
});
