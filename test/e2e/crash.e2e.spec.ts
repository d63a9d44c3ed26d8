import { eventually } from '../support/eventually.js';
import { report } from '../support/measured.js';
import { startLocalSite, videoPage, type LocalSite } from './support/local-site.js';
import type { Asked } from './support/person.js';
import { programsOf, workFoldersOf } from './support/process-table.js';
import { useWorld, type Nexus, type World } from './support/world.js';

/** A lost sender is noticed after 30 s, and a result of which nobody knows is repeated 30 s later. */
const RECOVERY_MS = 100_000;

async function holdSendVideo(world: World, chatId: number, when: 'before' | 'after'): Promise<void> {
  await world.control.addFault({ method: 'sendVideo', chatId, times: 1, kind: 'hang', when });
}

describe('a service that ends in the middle of its work', () => {
  /** Has one video, which takes a minute for as long as the site is slow: at `/file…`, and shown on its other pages. */
  let site: LocalSite;
  let isSlow = true;
  let nexus: Nexus;
  const world = useWorld(async (created) => {
    site = await startLocalSite((request, response) => {
      const video = created.link(isSlow ? '/slow.mp4?rate=80000' : '/ok.mp4');
      if (request.url?.startsWith('/file')) response.writeHead(302, { location: video }).end();
      else videoPage(video)(request, response);
    });
    await created.startSandbox();
    await start(created);
  });
  afterAll(() => site.close());

  async function start(where: World): Promise<void> {
    nexus = await where.startNexus({ DOWNLOAD_ALLOWED_PRIVATE_HOSTS: site.host, STATUS_EDIT_EVERY_SEC: '1' });
  }

  const ask = async (link: string) => (await world().person()).say(link);
  const heldCalls = async () => (await world().control.faults()).reduce((sum, { held }) => sum + held, 0);
  const askSite = (path: string) => ask(`http://${site.host}${path}`);

  describe('killed, and started again', () => {
    let unsent: Asked;
    let sent: Asked;
    let answered: Asked;
    let downloading: Asked;
    let running: Asked;
    let programsAfterKill: string[];
    let recoveredMs: number;

    beforeAll(async () => {
      const [unsentPerson, sentPerson] = [await world().person(), await world().person()];
      await holdSendVideo(world(), unsentPerson.id, 'before');
      await holdSendVideo(world(), sentPerson.id, 'after');
      unsent = await unsentPerson.say(world().link('/ok.mp4?unsent'));
      sent = await sentPerson.say(world().link('/ok.mp4?sent'));
      answered = await ask(world().link('/ok.mp4?answered'));
      await answered.delivered();
      downloading = await askSite('/file-of-killed');
      running = await askSite('/page-of-killed');
      await eventually(async () => (await heldCalls()) === 2);
      await Promise.all([downloading.status(/%/), running.status(/%/)]);
      expect(programsOf(world().dataDir).join('\n')).toContain('yt-dlp');

      const killedAt = performance.now();
      await nexus.process.kill();
      programsAfterKill = await eventually(() => programsOf(world().dataDir).length === 0, 7_000).then(
        () => [],
        () => programsOf(world().dataDir),
      );
      // Only when the stand-in has seen that its callers are gone: it would still answer them.
      await eventually(async () => (await heldCalls()) === 0);
      await world().control.request('DELETE', '/faults');
      isSlow = false;
      await start(world());
      await Promise.all([downloading.delivered(), running.delivered()]);
      recoveredMs = performance.now() - killedAt;
      await (await world().stores()).untilNothingIsOwed(RECOVERY_MS);
    });

    it('has done its downloads within a minute (point 16)', () => {
      report('point 16', { recoveredMs: Math.round(recoveredMs) });
      expect(recoveredMs).toBeLessThan(60_000);
    });

    it('leaves no program running (point 16)', () => {
      expect(programsAfterKill).toEqual([]);
    });

    it.each([
      ['that Nexus fetches itself', () => downloading],
      ['that a program fetches', () => running],
    ])('finishes a download %s, and sends it once (point 16)', async (_what, asked) => {
      expect(await asked().videos()).toHaveLength(1);
      expect((await asked().statuses()).filter(({ deleted }) => !deleted)).toEqual([]);
    });

    it('sends a video once when it was killed before Telegram had it', async () => {
      expect(await unsent.videos()).toHaveLength(1);
    });

    it('sends a video once more when it was killed between the sending and its answer, and no third time', async () => {
      expect(await sent.videos()).toHaveLength(2);
    });

    it('does not repeat a video whose sending was answered (point 16)', async () => {
      expect(await answered.videos()).toHaveLength(1);
    });
  });

  it('loses and repeats nothing when Redis forgets everything, neither work that is done nor work that waits', async () => {
    const person = await world().person();
    // One person may have three at work: the fourth waits in the queue.
    const links = [1, 2, 3, 4].map((number) => world().link(`/slow.mp4?rate=1500000&flush=${number}`));
    const asked: Asked[] = [];
    for (const link of links) asked.push(await person.say(link));
    await eventually(async () => (await world().hits('flush=')).length === 3);

    const stores = await world().stores();
    await stores.flushRedis();
    await Promise.all(asked.map((each) => each.delivered()));
    await stores.untilNothingIsOwed(20_000);
    for (const each of asked) expect(await each.videos()).toHaveLength(1);
    expect(await world().hits('flush=')).toHaveLength(4);
  });

  it('ends within 15 seconds when it is asked to, leaves no program, and finishes the work after the next start', async () => {
    const foldersBefore = workFoldersOf(world().dataDir);
    isSlow = true;
    const downloading = await askSite('/file-of-stopped');
    const running = await askSite('/page-of-stopped');
    await Promise.all([downloading.status(/%/), running.status(/%/)]);

    const { code, ms } = await nexus.process.stop();
    expect(code).toBe(0);
    expect(ms).toBeLessThan(15_000);
    expect(programsOf(world().dataDir)).toEqual([]);
    expect(foldersBefore).toEqual(expect.arrayContaining(workFoldersOf(world().dataDir)));
    expect(await downloading.videos()).toEqual([]);

    isSlow = false;
    await start(world());
    await Promise.all([downloading.delivered(), running.delivered()]);
    await (await world().stores()).untilNothingIsOwed(20_000);
    for (const asked of [downloading, running]) expect(await asked.videos()).toHaveLength(1);
  });

  it('has thrown away at its last start what the killed one was working on', async () => {
    await eventually(() => workFoldersOf(world().dataDir).length === 0, 3_000);
  });
});
