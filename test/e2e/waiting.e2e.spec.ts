import type { ApiCall } from '../../src/sandbox/world/call-log.js';
import { report } from '../support/measured.js';
import { scale } from '../support/scale.js';
import type { Asked, Person } from './support/person.js';
import { useWorld } from './support/world.js';

const SLOW_BYTES = 5_000_000;
/** What a person waits for without being told that it may take longer. */
const PATIENCE_SEC = scale(2, 180);
/** Where patience is shorter than the pace of edits the word keeps that pace. */
const WORD_WITHIN_SEC = scale(8, 0);
const DOWNLOAD_SEC = PATIENCE_SEC + scale(8, 20);
const SILENCE_SEC = scale(2, 30);
const IN_BACKGROUND = /^Still working, I'll send it when it's ready/;

const timeOf = ({ at }: ApiCall) => new Date(at).getTime();
const gapsOf = (calls: ApiCall[]) => calls.slice(1).map((call, index) => timeOf(call) - timeOf(calls[index] ?? call));

describe('a person who waits', () => {
  let patient: Person;
  let patientAsked: Asked;
  let saidAt: number;
  let busy: Person;
  let busyAsked: Asked[];
  const world = useWorld((created) => created.startNexus({ MAX_USER_WAIT_SEC: String(PATIENCE_SEC) }));

  const slow = (seconds: number, name: string) =>
    world().link(`/slow.mp4?rate=${Math.round(SLOW_BYTES / seconds)}&${name}`);
  const callsIn = async (person: Person) =>
    (await world().control.calls({ chatId: person.id, limit: 1_000 })).sort((a, b) => a.seq - b.seq);

  beforeAll(async () => {
    [patient, busy] = [await world().person(), await world().person()];
    for (const method of ['editMessageText', 'sendVideo']) {
      const description = `Too Many Requests: retry after ${SILENCE_SEC}`;
      const answer = { kind: 'error', status: 429, description, retryAfter: SILENCE_SEC } as const;
      await world().control.addFault({ method, chatId: busy.id, times: 1, ...answer });
    }
    saidAt = Date.now();
    patientAsked = await patient.say(slow(DOWNLOAD_SEC, 'patient'));
    // The second is ready to be sent while the first one's sending has been refused.
    busyAsked = [
      await busy.say(slow(DOWNLOAD_SEC, 'first')),
      await busy.say(slow(DOWNLOAD_SEC + SILENCE_SEC / 2, 'second')),
    ];
  });

  it('hears at once, hears something all the time, and hears that it goes on without him (point 11)', async () => {
    const video = await patientAsked.delivered((DOWNLOAD_SEC + 60) * 1_000);
    expect(video.reply_to_message?.message_id).toBe(patientAsked.messageId);

    const calls = await callsIn(patient);
    const words = calls.filter(({ method }) => /^(sendMessage|editMessageText|sendVideo)$/.test(method));
    const afterMs = (call?: ApiCall) => (call ? timeOf(call) : Infinity) - saidAt;
    const acknowledgedMs = afterMs(words[0]);
    const backgroundMs = afterMs(words.find(({ params }) => IN_BACKGROUND.test(String(params.text))));
    report('point 11', { acknowledgedMs, backgroundMs, longestSilenceMs: Math.max(...gapsOf(words)) });
    expect(acknowledgedMs).toBeLessThan(1_000);
    expect(Math.max(...gapsOf(words))).toBeLessThanOrEqual(10_000);
    expect(backgroundMs).toBeLessThan((PATIENCE_SEC + WORD_WITHIN_SEC) * 1_000);
  });

  it('with two downloads in one chat gets an edit in five seconds, silence when Telegram asks for it, and both videos (point 12)', async () => {
    for (const asked of busyAsked) await asked.delivered((DOWNLOAD_SEC + 3 * SILENCE_SEC + 60) * 1_000);
    // Chat actions owe nothing to anybody and wait for nobody.
    const calls = (await callsIn(busy)).filter(({ method }) => method !== 'sendChatAction');

    const edits = calls.filter(({ method }) => method === 'editMessageText');
    expect(edits.length).toBeGreaterThan(2);
    expect(Math.min(...gapsOf(edits))).toBeGreaterThan(4_900);

    const refused = calls.filter(({ status }) => status === 429);
    expect(refused.map(({ method }) => method)).toEqual(['editMessageText', 'sendVideo']);
    const silences = refused.map((call) => timeOf(calls[calls.indexOf(call) + 1] ?? call) - timeOf(call));
    report('point 12', { shortestEditGapMs: Math.min(...gapsOf(edits)), shortestSilenceMs: Math.min(...silences) });
    for (const silence of silences) expect(silence).toBeGreaterThanOrEqual(SILENCE_SEC * 1_000 - 100);

    for (const asked of busyAsked) expect(await asked.videos()).toHaveLength(1);
  });
});
