import { join } from 'node:path';
import { DOWNLOADER_ID, useWorld, type Nexus } from './support/world.js';

/** Another machine's Bot API, as far as the service can tell: its stand-ins are off, and it has only an address. */
describe.each(['polling', 'webhook'])('an outside Bot API, by %s', (mode) => {
  let nexus: Nexus;
  const world = useWorld(async (created) => {
    await created.startSandbox(join(created.folder, 'elsewhere'));
    nexus = await created.startNexus({
      TELEGRAM_API_ROOT: created.apiRoot,
      DOWNLOADER_BOT_TOKEN: `${DOWNLOADER_ID}:sandbox-downloader`,
      TELEGRAM_MODE: mode,
      DOWNLOAD_DIRECT_ENABLED: 'true',
      DOWNLOAD_ALLOWED_PRIVATE_HOSTS: created.mediaHost,
    });
  });

  it('brings a link in and takes the video out', async () => {
    const asked = await (await world().person()).say(world().link('/ok.mp4'));
    expect(await asked.delivered()).toMatchObject({ video: { width: 640, height: 360, duration: 8 } });
    expect(await nexus.health()).toMatchObject({ sandbox: false });
    expect(await world().control.get('/bots')).toMatchObject([{ id: DOWNLOADER_ID, mode }]);
  });

  it.each([
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': 'guessed' }],
    ['no secret', {}],
  ])(
    'is believed by its secret alone: an update with %s is refused',
    async (_what, headers: Record<string, string>) => {
      const person = await world().person();
      const chat = { id: person.id, type: 'private' };
      const from = { id: person.id, is_bot: false, first_name: 'Mallory' };
      const message = { message_id: 1, date: 1, chat, from, text: world().link('/ok.mp4?forged') };
      const response = await fetch(`${nexus.url}/api/v1/webhooks/telegram/downloader`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ update_id: 900_000_001, message }),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ code: 'telegram.webhook_secret' });
      await person.say('/start');
      await person.hears(/^Send me a link/);
      expect(await world().hits('forged')).toEqual([]);
    },
  );
});
