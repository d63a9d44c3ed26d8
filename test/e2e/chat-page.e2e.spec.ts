import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { chromiumPath, mustBeBuilt, WEB_APP } from './support/tools.js';
import { useWorld, type Nexus } from './support/world.js';

/** What a page in the browser knows of its player. */
interface Player {
  currentTime: number;
  duration: number;
  videoWidth: number;
  videoHeight: number;
}

describe('the chat page', () => {
  let nexus: Nexus;
  let browser: Browser | undefined;
  let page: Page;
  const world = useWorld(async (created) => {
    mustBeBuilt(WEB_APP);
    nexus = await created.startNexus({ STATUS_EDIT_EVERY_SEC: '1' });
  });

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', '--headless=new'] });
    page = await browser.newPage({ locale: 'en-GB' });
    page.setDefaultTimeout(20_000);
  });
  afterEach(async ({ task }) => {
    await page.screenshot({ path: join(world().folder, `${task.id}.png`) });
  });
  afterAll(() => browser?.close());

  const message = () => page.getByLabel('Message', { exact: true });
  const bubbles = () => page.getByRole('article');

  it('is where the service begins, and shows its bots', async () => {
    await page.goto(nexus.url);
    await page.waitForURL('**/sandbox/chat*');
    await page.getByRole('button', { name: '@nexus_downloader_bot' }).click();
    await message().waitFor();
  });

  it('takes a link, shows how far it is, and plays the video', async () => {
    await message().fill(world().link('/slow.mp4?rate=1500000'));
    await message().press('Enter');
    await bubbles().filter({ hasText: /\d+%/ }).waitFor();
    await page.getByRole('button', { name: 'Play the video' }).click();

    const state = () =>
      page.locator('video').evaluate((player): Player => {
        const { currentTime, duration, videoWidth, videoHeight } = player as unknown as Player;
        return { currentTime, duration, videoWidth, videoHeight };
      });
    await eventually(async () => (await state()).currentTime > 0);
    const { duration, ...size } = await state();
    expect(duration).toBeCloseTo(8, 0);
    expect(size).toMatchObject({ videoWidth: 640, videoHeight: 360 });
  });

  it('cancels a download, in the language of the person who speaks there', async () => {
    await message().fill(world().link('/slow.mp4?cancelled'));
    await message().press('Enter');
    await page.getByRole('button', { name: '✖ Отмена' }).click();
    await bubbles().filter({ hasText: 'Отменено' }).waitFor();
  });
});
