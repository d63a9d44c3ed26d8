import { FakePrograms, RECORDED } from './support/fake-programs.js';
import { useWorld } from './support/world.js';

/** On a machine without a network, and with nothing set up. */
describe('what a newcomer tries first', () => {
  const world = useWorld(async (created) => {
    const programs = await FakePrograms.install(created.folder, created.link('/ok.mp4'));
    programs.replay('yt-dlp', { failsToTell: RECORDED.ytDlpOffline, fails: RECORDED.ytDlpOffline });
    programs.replay('pytubefix', { failsToTell: RECORDED.pytubefixOffline, fails: RECORDED.pytubefixOffline });
    await created.startNexus(programs.env);
  });

  it('brings him a video for a link to YouTube, at once after the start', async () => {
    const asked = await (await world().person()).say('https://www.youtube.com/watch?v=jNQXAC9IVRw');
    const video = await asked.delivered(30_000);
    expect(video).toMatchObject({
      caption: 'Sample of youtube jNQXAC9IVRw',
      video: { width: 640, height: 360, duration: 8 },
      reply_to_message: { message_id: asked.messageId },
    });
  });
});
