import { eventually } from '../support/eventually.js';
import { report } from '../support/measured.js';
import { scale } from '../support/scale.js';
import { startLocalSite, videoPage, type LocalSite } from './support/local-site.js';
import { buttonsOf, cancelData } from './support/person.js';
import { killOneOf, programsOf, workBytesOf, workFoldersOf } from './support/process-table.js';
import { DOWNLOADER_ID, useWorld } from './support/world.js';

/** What comes in five seconds of a slow one, or in a second and a half in everyday tests. */
const SOME_BYTES = scale(300_000, 1_000_000);

describe('cancelling a download', () => {
  let page: LocalSite;
  const world = useWorld(async (created) => {
    page = await startLocalSite(videoPage(created.link('/slow.mp4?page')));
    await created.startNexus({ DOWNLOAD_ALLOWED_PRIVATE_HOSTS: page.host, STATUS_EDIT_EVERY_SEC: '1' });
  });
  afterAll(() => page.close());

  it.each([
    { how: 'fetched directly', link: () => world().link('/slow.mp4'), programs: /^$/ },
    { how: 'fetched by yt-dlp', link: () => `http://${page.host}/`, programs: /yt-dlp/ },
  ])('leaves neither programs nor files of one that is $how (point 15)', async ({ link, programs }) => {
    const { dataDir } = world();
    const asked = await (await world().person()).say(link());
    await asked.status(/%/, 20_000);
    expect(programsOf(dataDir).join('\n')).toMatch(programs);
    expect(workFoldersOf(dataDir)).toHaveLength(1);

    await asked.pressCancel();
    await eventually(() => programsOf(dataDir).length === 0, 7_000);
    await eventually(() => workFoldersOf(dataDir).length === 0, 3_000);
    const status = await asked.status(/^Cancelled$/);
    expect(status.reply_markup).toBeUndefined();
    expect(await asked.replies()).toHaveLength(1);
  });

  it('leaves no program, no file and no slot, at whatever moments it is killed (point 15)', async () => {
    const { dataDir } = world();
    const stores = await world().stores();
    let [asks, kills] = [0, 0];
    const killOne = async (which: number) => {
      asks += 1;
      const isProgram = which % 2 === 1;
      const link = isProgram ? `http://${page.host}/killed-${asks}` : world().link(`/slow.mp4?killed=${asks}`);
      const asked = await (await world().person()).say(link);
      const [button] = buttonsOf(await asked.status(/./));
      const requestId = (button?.callback_data ?? '').replace('cancel:', '');
      // Any point of its work: some more bytes have come, or it is over.
      const aMoment = async () => {
        const bytes = workBytesOf(dataDir, requestId) + Math.random() * SOME_BYTES;
        const isOver = async () => buttonsOf(await asked.status(/./)).length === 0;
        await eventually(async () => workBytesOf(dataDir, requestId) >= bytes || (await isOver()), 20_000);
      };
      if (isProgram) {
        await aMoment();
        if (killOneOf(dataDir)) kills += 1;
      }
      await aMoment();
      // One whose program was killed may have failed already.
      if (buttonsOf(await asked.status(/./)).length > 0) await asked.pressCancel();
      await asked.status(/^Cancelled$|Error id/);
      kills += 1;
    };
    while (kills < scale(12, 200)) {
      await Promise.all([0, 1, 2, 3].map(killOne));
      await eventually(() => programsOf(dataDir).length === 0, 7_000);
      await eventually(() => workFoldersOf(dataDir).length === 0, 3_000);
    }
    await eventually(async () => (await stores.slotHolders('direct')).length === 0, 1_000);
    report('point 15', { kills });
  });

  it('is for the one who asked: another member of the group may not', async () => {
    const [asker, other] = [await world().person(), await world().person()];
    const { control } = world();
    const group = await control.post<{ id: number }>('/groups', {
      title: 'Friends',
      userIds: [asker.id, other.id],
      botIds: [DOWNLOADER_ID],
    });
    const chat = `/chats/${DOWNLOADER_ID}/${group.id}`;
    await control.post(`${chat}/messages`, { userId: asker.id, text: world().link('/slow.mp4?rate=2000000&group') });
    const status = await eventually(async () =>
      (await control.messages(DOWNLOADER_ID, group.id)).find(
        ({ text }) => text?.startsWith('⏬') || text?.startsWith('🔎'),
      ),
    );

    const { callbackQueryId } = await control.post<{ callbackQueryId: string }>(`${chat}/press`, {
      userId: other.id,
      messageId: status.message_id,
      data: cancelData(status),
    });
    const answer = await eventually(async () => {
      const callback = await control.get<{ answered: boolean; text?: string }>(`/callbacks/${callbackQueryId}`);
      return callback.answered ? callback : undefined;
    });
    expect(answer.text).toBe('Only who sent the link may cancel it');
    await eventually(async () => (await control.messages(DOWNLOADER_ID, group.id)).some(({ video }) => video), 30_000);
  });
});
