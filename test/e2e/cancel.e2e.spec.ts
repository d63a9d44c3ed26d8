import { eventually } from '../support/eventually.js';
import { startLocalSite, videoPage, type LocalSite } from './support/local-site.js';
import { cancelData } from './support/person.js';
import { programsOf, workFoldersOf } from './support/process-table.js';
import { DOWNLOADER_ID, useWorld } from './support/world.js';

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
  ])('leaves neither programs nor files of one that is $how', async ({ link, programs }) => {
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
