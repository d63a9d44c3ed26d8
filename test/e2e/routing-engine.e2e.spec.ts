import { eventually } from '../support/eventually.js';
import { FakePrograms, RECORDED } from './support/fake-programs.js';
import { LONG_SAMPLE, makeLongSample } from './support/long-sample.js';
import { OPERATED, Operator, type Circuit, type Download } from './support/operator.js';
import { fileOf, type Asked, type Person } from './support/person.js';
import { useWorld } from './support/world.js';

const CHAIN = ['yt-dlp', 'pytubefix', 'rapidapi', 'savenow'];
const LONG_SEC = 1_800;
const MEDIUM_SEC = 600;
const SHORT_SEC = 8;
const COOLDOWN_SEC = 24;
const MOMENT_MS = 1_000;

describe('the routing engine', () => {
  let programs: FakePrograms;
  let operator: Operator;
  let ruleId: string;
  const world = useWorld(async (created) => {
    programs = await FakePrograms.install(created.folder, created.link('/ok.mp4'));
    const nexus = await created.startNexus({
      ...programs.env,
      ...OPERATED,
      DOWNLOAD_STALL_SEC: '1',
      COOLDOWN_HARD_KILL_MIN: String(COOLDOWN_SEC / 60),
    });
    operator = await Operator.login(nexus.url);
    await makeLongSample(created);
  });

  let links = 0;
  const newLink = () => `https://youtu.be/routing${String((links += 1)).padStart(4, '0')}`;

  interface Delivery {
    person: Person;
    asked: Asked;
    download: Download;
  }

  async function deliver(): Promise<Delivery> {
    const person = await world().person();
    const asked = await person.say(newLink());
    await asked.delivered();
    return { person, asked, download: await operator.downloadOf(person.id) };
  }

  const triedBy = ({ attempts }: Download) => attempts.map(({ provider }) => provider);
  const openKeys = async () =>
    (await operator.circuits()).filter(({ state }) => state === 'open').map(({ key }) => key);

  describe('with three providers that fail on long videos', () => {
    let first: Delivery;

    beforeAll(async () => {
      ruleId = await operator.addFirstRule({ platform: 'youtube', providerChain: CHAIN });
      programs.replay('yt-dlp', { durationSec: LONG_SEC, fails: RECORDED.ytDlp403 });
      programs.replay('pytubefix', { durationSec: LONG_SEC, stalls: true });
      const { control } = world();
      await control.scriptApi({ api: 'rapidapi', behaviour: 'malformed' });
      await control.scriptApi({ api: 'savenow', behaviour: 'cached', sample: LONG_SAMPLE, durationSec: LONG_SEC });
      first = await deliver();
    });

    it('brings the video of the fourth', async () => {
      const [video] = await first.asked.videos();
      expect(video && fileOf(video)?.duration).toBeGreaterThan(LONG_SEC);
      expect(first.download).toMatchObject({ state: 'delivered', ruleId });
    });

    it('shows the operator each attempt, and why it was made', async () => {
      const { id, errorRef, attempts } = first.download;
      expect(await operator.items<Download>(`/downloads?errorRef=${errorRef}`)).toMatchObject([{ id }]);
      const once = (errorCode: string | null) => [{ kind: 'first', egress: 'direct', errorCode }];
      const failed = { durationBucket: 'long', outcome: 'failed', costUsd: '0.00', fileSizeBytes: null };
      expect(attempts).toMatchObject([
        { ...failed, provider: 'yt-dlp', errorClass: 'HARD_KILL', errorCode: 'HTTP_403', tries: once('HTTP_403') },
        {
          ...failed,
          provider: 'pytubefix',
          errorClass: 'STALL',
          errorCode: 'STALL',
          tries: [...once('STALL'), { kind: 'resume', egress: 'direct', errorCode: 'STALL' }],
        },
        {
          ...failed,
          provider: 'rapidapi',
          errorClass: 'PROVIDER_BUG',
          errorCode: 'PROVIDER_BUG',
          tries: once('PROVIDER_BUG'),
        },
        {
          provider: 'savenow',
          durationBucket: 'long',
          outcome: 'succeeded',
          errorClass: null,
          errorCode: null,
          tries: once(null),
          downloadHost: '127.0.0.1',
          fileSizeBytes: expect.any(Number) as number,
          costUsd: '0.0003',
        },
      ]);
      expect(attempts.map(({ reason }) => reason)).toEqual([
        '1 of 4',
        '2 of 4, because yt-dlp: HTTP_403',
        '3 of 4, because yt-dlp: HTTP_403, pytubefix: STALL',
        '4 of 4, because yt-dlp: HTTP_403, pytubefix: STALL, rapidapi: PROVIDER_BUG',
      ]);
    });

    it('lets each begin within a second of the failure before it (point 1)', () => {
      const { attempts } = first.download;
      for (const [index, { startedAt }] of attempts.entries()) {
        const before = attempts[index - 1];
        if (before) expect(Date.parse(startedAt) - Date.parse(before.endedAt)).toBeLessThan(1_000);
      }
    });

    it('cools down what has been refused at once, and for long videos alone', async () => {
      expect(await openKeys()).toEqual(['p:yt-dlp:youtube:long']);
    });

    describe('the third time', () => {
      let circuits: Circuit[];

      beforeAll(async () => {
        await Promise.all([deliver(), deliver()]);
        circuits = await operator.circuits();
      });
      const untilOf = (circuitKey: string) =>
        Date.parse(circuits.find(({ key }) => key === circuitKey)?.openUntil ?? '');

      it('cools down all three for long videos, and none for others', () => {
        expect(circuits.map(({ key, reason }) => [key, reason]).sort()).toEqual([
          ['p:pytubefix:youtube:long', 'STALL'],
          ['p:rapidapi:youtube:long', 'PROVIDER_BUG'],
          ['p:yt-dlp:youtube:long', 'HTTP_403'],
        ]);
      });

      it('explains all four providers', async () => {
        const open = { 'yt-dlp': 'circuit_open', pytubefix: 'circuit_open', rapidapi: 'circuit_open', savenow: 'ok' };
        expect(await operator.verdicts(newLink(), LONG_SEC)).toEqual(open);
        const free = { 'yt-dlp': 'ok', pytubefix: 'ok', rapidapi: 'ok', savenow: 'ok' };
        expect(await operator.verdicts(newLink(), SHORT_SEC)).toEqual(free);
      });

      it('begins the next long one at the fourth, also after Redis has forgotten everything (point 2)', async () => {
        await (await world().stores()).flushRedis();
        expect(triedBy((await deliver()).download)).toEqual(['savenow']);
        expect(await operator.circuits()).toEqual(circuits);
      });

      it('begins a short one at the first', async () => {
        programs.replay('yt-dlp', { durationSec: SHORT_SEC, fails: undefined });
        expect(triedBy((await deliver()).download)).toEqual(['yt-dlp']);
      });

      it('lets one go first to see when its time is over, and closes the circuit when that went well', async () => {
        const key = 'p:yt-dlp:youtube:long';
        await eventually(() => Date.now() > untilOf(key) - MOMENT_MS, COOLDOWN_SEC * 1_000);
        expect(await openKeys()).toContain(key);
        await eventually(() => Date.now() > untilOf(key));
        expect(await operator.circuits()).toContainEqual(expect.objectContaining({ key, state: 'half_open' }));

        programs.replay('yt-dlp', { durationSec: LONG_SEC, url: world().link(`/${LONG_SAMPLE}`) });
        expect(triedBy((await deliver()).download)).toEqual(['yt-dlp']);
        expect((await operator.circuits()).map((circuit) => circuit.key)).not.toContain(key);
      });
    });
  });

  it('asks what a link is about also those that fail on medium videos alone: short ones stay theirs', async () => {
    programs.replay('yt-dlp', { durationSec: MEDIUM_SEC, fails: RECORDED.ytDlp403 });
    programs.replay('pytubefix', { durationSec: MEDIUM_SEC, fails: RECORDED.pytubefix403 });
    await deliver();
    expect(await openKeys()).toEqual(expect.arrayContaining(['p:yt-dlp:youtube:medium', 'p:pytubefix:youtube:medium']));

    programs.replay('yt-dlp', { durationSec: SHORT_SEC, fails: undefined, url: world().link('/ok.mp4') });
    expect(triedBy((await deliver()).download)).toEqual(['yt-dlp']);
  });
});
