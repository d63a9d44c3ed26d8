import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.js';
import { useBrowser } from './support/browser.js';
import { makeProductPhoto } from './support/product-photo.js';
import { QUICK_REELS } from './support/reels.js';
import { mustBeBuilt, WEB_APP } from './support/tools.js';
import { useWorld } from './support/world.js';

/** What a page in the browser knows of its player. */
interface Player {
  currentTime: number;
  videoWidth: number;
  videoHeight: number;
}

const DONE_MS = 30_000;

const JOHN = {
  who: 'John, in English, at a desk',
  id: 1002,
  window: { locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  page: { attach: 'Attach a file', photo: 'Photo or video', send: 'Send', play: 'Play the video' },
  menu: ['🎬 Generate reels', '💳 Balance', '📁 My videos', '🆘 Support', '🌐 Language'],
  product: 'A mug of clay, 350 ml, brown with a white glaze',
  wishes: 'In the morning, in a kitchen',
  kind: 'Ad',
  go: '✅ Generate',
  again: '🔄 Once more with this product',
  toMenu: '🏠 Menu',
  says: {
    hello: 'Hello!',
    photo: 'Send a photo of the product',
    product: 'A welcome gift for you: 4 credits!',
    kind: 'Which kind of video?',
    wishes: 'Any wishes',
    count: 'How many videos?',
    summary: 'Is everything right?',
    price: 'Price: 3 credits',
    started: '🎬 Generation started, 1 to 30 minutes',
    menu: 'What shall we do next?',
  },
} as const;

const ANNA = {
  who: 'Anna, in Russian, with a telephone in the dark',
  id: 1001,
  window: {
    locale: 'ru-RU',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  },
  page: { attach: 'Прикрепить файл', photo: 'Фото или видео', send: 'Отправить', play: 'Воспроизвести видео' },
  menu: ['🎬 Создать рилс', '💳 Баланс', '📁 Мои видео', '🆘 Поддержка', '🌐 Язык'],
  product: 'Глиняная кружка, 350 мл, коричневая с белой глазурью',
  wishes: 'Утром, на кухне',
  kind: 'Реклама',
  go: '✅ Создать',
  again: '🔄 Ещё раз с этим товаром',
  toMenu: '🏠 Меню',
  says: {
    hello: 'Здравствуйте!',
    photo: 'Пришлите фото товара',
    product: 'Вам подарок: 4 кредита!',
    kind: 'Какое видео сделать?',
    wishes: 'Есть пожелания',
    count: 'Сколько видео сделать?',
    summary: 'Всё верно?',
    price: 'Цена: 3 кредита',
    started: '🎬 Генерация запущена, от 1 до 30 минут',
    menu: 'Чем займёмся?',
  },
} as const;

/** A page with the conversation of one person, and what he can do there. */
class Chat {
  readonly faults: Error[] = [];

  constructor(
    readonly page: Page,
    private readonly labels: (typeof JOHN | typeof ANNA)['page'],
  ) {
    page.on('pageerror', (error) => this.faults.push(error));
  }

  async say(text: string): Promise<void> {
    const message = this.page.getByRole('textbox');
    await message.fill(text);
    await message.press('Enter');
  }

  /** The newest button of that name. */
  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true }).last();
  }

  async attach(path: string): Promise<void> {
    await this.button(this.labels.attach).click();
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('menuitem', { name: this.labels.photo }).click();
    await (await chooser).setFiles(path);
    await this.button(this.labels.send).click();
  }

  said(words: string): Locator {
    return this.page.getByRole('article').filter({ hasText: words });
  }

  /** A message that comes, for the first time or another one. */
  async hears(words: string, time = 1): Promise<Locator> {
    const message = this.said(words).nth(time - 1);
    await message.waitFor();
    return message;
  }

  /** One that answers what was just said: it is seen without scrolling. (A press may scroll by itself, to its button.) */
  async sees(words: string): Promise<Locator> {
    const message = await this.hears(words);
    await eventually(async () => {
      const [bubble, view] = await Promise.all([message.boundingBox(), this.page.getByRole('log').boundingBox()]);
      return bubble && view && bubble.y + bubble.height <= view.y + view.height;
    });
    return message;
  }

  /** Plays the videos of the conversation, one after the other. */
  async playAll(): Promise<Player[]> {
    const players: Player[] = [];
    for (const video of await this.page.locator('video').all()) {
      // The button makes room for the player's own controls, so that the next one is always the first.
      await this.page.getByRole('button', { name: this.labels.play }).first().click();
      players.push(
        await eventually(async () => {
          const player = await stateOf(video);
          return player.currentTime > 0 ? player : undefined;
        }),
      );
    }
    return players;
  }
}

describe('the generation bot on the chat page', () => {
  let address: string;
  let photo: string;
  useWorld(async (created) => {
    mustBeBuilt(WEB_APP);
    address = (await created.startNexus({ ...QUICK_REELS, WELCOME_CREDITS: '4' })).url;
    photo = await makeProductPhoto(created.folder);
  });
  const browser = useBrowser();

  const open = async ({ id, window, page: labels }: typeof JOHN | typeof ANNA) => {
    const context = await browser().newContext(window satisfies BrowserContextOptions);
    context.setDefaultTimeout(DONE_MS);
    const page = await context.newPage();
    await page.goto(`${address}/sandbox/chat?bot=nexus_generation_bot&user=${id}`);
    return new Chat(page, labels);
  };

  it.concurrent.each([JOHN, ANNA])('makes three videos of a photo for $who', async (person) => {
    const { says, product, wishes } = person;
    const chat = await open(person);
    await chat.say('/start');
    await chat.sees(says.hello);
    for (const label of person.menu) await chat.button(label).waitFor();
    await chat.button(person.menu[0]).click();
    await chat.sees(says.photo);
    await chat.attach(photo);
    await chat.sees(says.product);
    await chat.say(product);
    await chat.sees(says.kind);
    await chat.button(person.kind).click();
    await chat.hears(says.wishes);
    await chat.say(wishes);
    await chat.sees(says.count);
    await chat.button(/^3 /).click();
    const summary = await chat.hears(says.summary);
    for (const words of [product, wishes, says.price]) expect(await summary.textContent()).toContain(words);
    await chat.button(person.go).click();
    await chat.hears(says.started);

    const videos = chat.page.locator('video');
    await eventually(async () => (await videos.count()) === 3, DONE_MS);
    for (const label of [person.again, person.toMenu]) {
      expect(await chat.page.getByRole('button', { name: label, exact: true }).count()).toBe(3);
    }
    expect(await chat.said(says.started).count()).toBe(1);
    for (const player of await chat.playAll()) expect(player).toMatchObject({ videoWidth: 360, videoHeight: 640 });

    await chat.button(person.again).click();
    await chat.hears(says.kind, 2);
    await chat.button(person.kind).click();
    await chat.hears(says.wishes, 2);
    await chat.say('-');
    await chat.hears(says.count, 2);
    await chat.button(/^1 /).click();
    const second = await (await chat.hears(says.summary, 2)).textContent();
    expect(second).toContain(product);
    expect(second).not.toContain(wishes);
    await chat.button(person.toMenu).click();
    await chat.hears(says.menu);

    expect(await pageWidth(chat.page)).toBeLessThanOrEqual(person.window.viewport.width);
    expect(chat.faults).toEqual([]);
    await chat.page.context().close();
  });
});

function stateOf(video: Locator): Promise<Player> {
  return video.evaluate((player): Player => {
    const { currentTime, videoWidth, videoHeight } = player as unknown as Player;
    return { currentTime, videoWidth, videoHeight };
  });
}

/** Of all that is on it, seen or not. */
function pageWidth(page: Page): Promise<number> {
  return page.locator('html').evaluate((root) => (root as unknown as { scrollWidth: number }).scrollWidth);
}
