import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { tracesOf } from '../../src/features/accounts/testing/traces-of.js';
import { useBrowser } from './support/browser.js';
import { PASSWORD } from './support/owner.js';
import { mustBeBuilt, WEB_APP } from './support/tools.js';
import { useWorld } from './support/world.js';

const CHANNEL = { id: 'UCsandboxAnna00000000000', name: 'Anna’s channel' };
/** Of the documentation. */
const SECTIONS = ['auth', 'users', 'credentials', 'oauth', 'tasks', 'notifications', 'webhooks', 'admin users'];
/** Counts of what an account has asked for, and what it has begun and not ended. */
const FORGOTTEN_SEC = 600;
const TELEPHONE = { width: 390, height: 844 };
const MASKED = /^••••.{4}$/;

describe('the page of connections', () => {
  /** What a browser is told to open: platforms send it back there, too. */
  let address: string;
  const world = useWorld(async (created) => {
    mustBeBuilt(WEB_APP);
    await created.startNexus({ LOG_LEVEL: 'warn' });
    address = `http://localhost:${created.servicePort()}`;
  });
  const browser = useBrowser();

  async function newContext(options: BrowserContextOptions): Promise<BrowserContext> {
    const context = await browser().newContext(options);
    context.setDefaultTimeout(10_000);
    return context;
  }

  async function open(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(`${address}/connections`);
    return page;
  }

  const youtube = (page: Page): Locator => page.getByRole('region', { name: 'YouTube' });
  const notice = (page: Page): Locator => page.getByRole('status');

  describe('of a stranger who reads English', () => {
    const email = 'stranger@example.com';
    let context: BrowserContext;
    let page: Page;
    beforeAll(async () => {
      context = await newContext({ locale: 'en-GB' });
      page = await open(context);
    });
    afterEach(async ({ task }) => {
      await page.screenshot({ path: join(world().folder, `${task.id}.png`) });
    });
    afterAll(() => context.close());

    const userId = async () => {
      const stores = await world().stores();
      const [user] = await stores.query<{ id: string }>('SELECT id FROM users WHERE email = $1', [email]);
      if (!user) throw new Error(`There is no account ${email}`);
      return user.id;
    };
    const storage = () => join(world().dataDir, 'storage');
    const traces = async (words: string[]) => tracesOf({ database: await world().stores(), folder: storage() }, words);
    const writeRecording = async (id: string) => {
      const folder = join(storage(), 'media', `user_${id}`);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'lecture.mp4'), 'a recording');
    };

    it('asks to sign in, and makes an account', async () => {
      await page.getByRole('button', { name: 'No account yet? Create one' }).click();
      await page.getByLabel('Email').fill(email);
      await page.getByLabel(/^Password/).fill(PASSWORD);
      await page.getByRole('button', { name: 'Create the account' }).click();
      await page.getByRole('heading', { name: 'Connections' }).waitFor();
      await page.getByText('Nothing is connected yet').waitFor();
    });

    it('says so when consent was denied', async () => {
      await youtube(page).getByRole('button', { name: 'Connect' }).click();
      await page.getByRole('button', { name: 'Deny' }).click();
      await notice(page).filter({ hasText: 'YouTube was not connected' }).waitFor();
      await notice(page).filter({ hasText: 'You did not give your consent' }).waitFor();
      expect(page.url()).toBe(`${address}/connections`);
    });

    it('connects an account, and shows nothing of its tokens but their ends', async () => {
      await youtube(page).getByRole('button', { name: 'Connect' }).click();
      await page.getByRole('heading', { name: 'Stand-in of Google' }).waitFor();
      expect(page.url()).toContain(world().apiRoot);
      await page.getByRole('button', { name: 'Allow' }).click();
      await notice(page).filter({ hasText: 'YouTube is connected' }).waitFor();
      await youtube(page).getByText(CHANNEL.name).waitFor();
      await youtube(page).getByText('Works').waitFor();
      const secrets = await youtube(page).locator('code').allTextContents();
      expect(secrets).toEqual([expect.stringMatching(MASKED), expect.stringMatching(MASKED)]);
      expect(page.url()).toBe(`${address}/connections`);
    });

    it('knows who is there after a reload and in another tab, without a token that scripts could keep', async () => {
      await page.reload();
      await youtube(page).getByText(CHANNEL.name).waitFor();
      expect(await notice(page).filter({ hasText: 'YouTube is connected' }).count()).toBe(0);
      const tab = await open(context);
      await tab.getByText(email).waitFor();
      await youtube(tab).getByText(CHANNEL.name).waitFor();
      await tab.close();

      const cookies = await context.cookies(`${address}/api/v1/auth/refresh`);
      expect(cookies).toMatchObject([{ name: 'nexus_refresh', httpOnly: true, sameSite: 'Strict' }]);
      const readable = await page.evaluate('document.cookie + JSON.stringify({ ...localStorage, ...sessionStorage })');
      expect(readable).not.toMatch(/eyJ|nexus_refresh/);
    });

    it('deletes the account with its password, and nothing of it is left', async () => {
      const id = await userId();
      const words = [id, email, CHANNEL.id, CHANNEL.name];
      await writeRecording(id);
      expect((await traces(words)).map((trace) => trace.split(':')[0])).toEqual(
        expect.arrayContaining([
          ...['users', 'sessions', 'user_configs', 'credentials'],
          `media/user_${id}/lecture.mp4`,
        ]),
      );
      await page.getByRole('button', { name: 'Your account' }).click();
      await page.getByRole('menuitem', { name: 'Delete the account' }).click();
      await page.getByLabel('Your password').fill('not that password');
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('alert').filter({ hasText: 'The password is wrong' }).waitFor();
      await page.getByLabel('Your password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Delete for good' }).click();
      await page.getByRole('heading', { name: 'Sign in to Nexus' }).waitFor();
      expect(await traces(words)).toEqual([]);
      const remembered = await (await world().stores()).secondsInRedis(words);
      for (const seconds of remembered) expect(seconds).toBeGreaterThan(0);
      expect(Math.max(...remembered)).toBeLessThanOrEqual(FORGOTTEN_SEC);
      await page.reload();
      await page.getByRole('heading', { name: 'Sign in to Nexus' }).waitFor();
    });
  });

  it('speaks Russian from the first word to the last, and fits a telephone', async () => {
    const context = await newContext({ locale: 'ru-RU', viewport: TELEPHONE, colorScheme: 'dark' });
    const page = await open(context);
    await page.getByRole('button', { name: 'Ещё нет учётной записи? Создать' }).click();
    await page.getByLabel('Почта').fill('neznakomka@example.com');
    await page.getByLabel(/^Пароль/).fill(PASSWORD);
    await page.getByRole('button', { name: 'Создать учётную запись' }).click();
    await youtube(page).getByRole('button', { name: 'Подключить' }).click();
    await page.getByRole('button', { name: 'Отказать' }).click();
    await notice(page).filter({ hasText: 'YouTube: не подключено' }).waitFor();
    await notice(page).filter({ hasText: 'Вы не дали согласия' }).waitFor();

    await youtube(page).getByRole('button', { name: 'Подключить' }).click();
    await page.getByRole('radio', { name: 'John' }).check();
    await page.getByRole('button', { name: 'Разрешить' }).click();
    await notice(page).filter({ hasText: 'YouTube: подключено' }).waitFor();
    await youtube(page).getByText('John’s lectures').waitFor();
    await youtube(page).getByText('Работает').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(TELEPHONE.width);
    await page.getByRole('button', { name: 'Ваша учётная запись' }).click();
    await page.getByRole('menuitem', { name: 'Удалить учётную запись' }).click();
    await page.getByLabel('Ваш пароль').fill(PASSWORD);
    await page.getByRole('button', { name: 'Удалить навсегда' }).click();
    await page.getByRole('heading', { name: 'Вход в Nexus' }).waitFor();
    await context.close();
  });

  it('has its routes in the documentation, with examples', async () => {
    const context = await newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${address}/docs`);
    for (const section of SECTIONS) await page.getByRole('link', { name: section, exact: true }).waitFor();
    const route = page.locator('#operations-credentials-credentialsCreate');
    await route
      .getByRole('button', { name: /credentials/ })
      .first()
      .click();
    await route.getByText('"chatId": "@our_channel"').waitFor();
    await context.close();
  });
});
