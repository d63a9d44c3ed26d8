import { eventually } from '../support/eventually.js';
import type { Customer, Wanted } from './support/customer.js';
import { buttonsOf } from './support/person.js';
import { QUICK_REELS, Reels } from './support/reels.js';
import { useWorld, type Nexus } from './support/world.js';

const DONE_MS = 60_000;
const STARTED = { en: '🎬 Generation started, 1 to 30 minutes', ru: '🎬 Генерация запущена, от 1 до 30 минут' };
const AGAIN = { en: '🔄 Once more with this product', ru: '🔄 Ещё раз с этим товаром' };
const MENU = { en: '🏠 Menu', ru: '🏠 Меню' };
const BACK = { en: 'credits are back', ru: 'кредиты вернулись' };
const TRYING = '🔁 Trying again';
const SUPPORT = '@nexus_support';

/** What becomes of a script, and what the person hears of it. */
interface Scenario {
  product: string;
  delivered: boolean;
  attempts: number;
  trying: 0 | 1;
  errorClass?: string;
  says?: RegExp;
}

const WELL: Pick<Scenario, 'delivered' | 'attempts' | 'trying'> = { delivered: true, attempts: 1, trying: 0 };
const scenarios: Record<string, Scenario> = {
  'a callback that is lost': { ...WELL, product: 'Mug kie:no-callback' },
  'a callback that comes twice': { ...WELL, product: 'Mug kie:double-callback' },
  'a forged callback': { ...WELL, product: 'Mug kie:forged-callback' },
  'a callback before the answer': { ...WELL, product: 'Mug kie:early-callback' },
  'a failure that passes': { product: 'Mug kie:temporary=1', delivered: true, attempts: 2, trying: 1 },
  'failures that pass': { product: 'Mug kie:temporary=2', delivered: true, attempts: 3, trying: 1 },
  'a task that fails and then does not': {
    product: 'Mug kie:fail-temporary=1',
    delivered: true,
    attempts: 2,
    trying: 1,
  },
  'a 429 that passes': { product: 'Mug kie:429=1', delivered: true, attempts: 2, trying: 0 },
  'an LLM that fails': { ...WELL, product: 'Mug llm:error' },
  'an LLM that says nothing': { ...WELL, product: 'Mug llm:empty' },
  'failures that do not pass': {
    product: 'Mug kie:temporary',
    delivered: false,
    attempts: 3,
    trying: 1,
    errorClass: 'TEMPORARY',
    says: /@nexus_support/,
  },
  'a violation': {
    product: 'Mug kie:violation',
    delivered: false,
    attempts: 1,
    trying: 0,
    errorClass: 'USER_VIOLATION',
    says: /Seedance/,
  },
  'a text that nobody knows': {
    product: 'Mug kie:unknown',
    delivered: false,
    attempts: 2,
    trying: 1,
    errorClass: 'UNKNOWN',
  },
};

describe('the generation bot', () => {
  let nexus: Nexus;
  let reels: Reels;
  const world = useWorld(async (created) => {
    await created.startSandbox();
    nexus = await created.startNexus({ ...QUICK_REELS, SUPPORT_CONTACT: SUPPORT });
    reels = await Reels.open(created, nexus.url);
  });

  const settled = (customer: Customer) =>
    eventually(async () => {
      const jobs = await reels.jobsOf(customer);
      const open = jobs.filter(({ status }) => !['delivered', 'failed', 'cancelled'].includes(status));
      if (jobs.length === 0 || open.length > 0) throw new Error(JSON.stringify(open));
      return jobs;
    }, DONE_MS);
  const untilVideos = (customer: Customer, count: number) =>
    eventually(async () => {
      const videos = await customer.videos();
      return videos.length >= count ? videos : undefined;
    }, DONE_MS);
  /** It may come after the video that it announces: a lane of the chat is not slowed down by another. */
  const startedOnce = async (customer: Customer, batches = 1, words: string = STARTED.en) => {
    await eventually(async () => (await customer.heard(words)) >= batches);
    expect(await customer.heard(words)).toBe(batches);
  };
  const ordered = async (credits: number, wanted: Wanted): Promise<Customer> => {
    const customer = await reels.customer(credits);
    await customer.order(wanted);
    return customer;
  };

  it.concurrent.each(['en', 'ru'] as const)(
    'makes three videos of one photo, and once more of the same, in %s',
    async (language) => {
      const customer = await reels.customer(4, language);
      await customer.order({ product: 'Кружка из глины / a clay mug', count: 3 });
      const videos = await untilVideos(customer, 3);
      await startedOnce(customer, 1, STARTED[language]);
      for (const video of videos) {
        expect(buttonsOf(video).map(({ text }) => text)).toEqual([AGAIN[language], MENU[language]]);
        expect(buttonsOf(video).map(({ callback_data: data }) => data)).toEqual([
          expect.stringMatching(/^again:[0-9a-f-]{36}$/),
          'menu',
        ]);
      }
      const again = await customer.button('again:');
      await customer.turnOver();
      await customer.press(again);
      await customer.press(await customer.choose(undefined, 1));
      await untilVideos(customer, 4);
      await startedOnce(customer, 2, STARTED[language]);

      const jobs = await settled(customer);
      expect(jobs.map(({ status }) => status)).toEqual(Array(4).fill('delivered'));
      expect(await reels.balanceOf(customer)).toMatchObject({ available: 0, held: 0 });
      const [rows] = await (
        await world().stores()
      ).query<{ photos: number; texts: number }>(
        `SELECT count(DISTINCT photo_key)::int AS photos, count(DISTINCT product_text)::int AS texts
       FROM generation_jobs WHERE tg_user_id = $1`,
        [customer.id],
      );
      expect(rows).toEqual({ photos: 1, texts: 1 });
    },
  );

  it.concurrent('starts one batch when confirm is pressed twice', async () => {
    const customer = await reels.customer(2);
    const go = await customer.prepare({ count: 1 });
    await Promise.all([customer.press(go), customer.press(go)]);
    await customer.press(go);
    await settled(customer);
    await eventually(async () => (await customer.videos()).length === 1);
    await startedOnce(customer);
    expect(await reels.jobsOf(customer)).toHaveLength(1);
    expect(await reels.balanceOf(customer)).toMatchObject({ available: 1, held: 0 });
  });

  it.concurrent(
    'starts one of two batches when credits suffice for one, and names what is missing for the other',
    async () => {
      const customer = await reels.customer(1);
      const first = await customer.prepare({ count: 1 });
      const second = await customer.prepare({ count: 1 });
      await Promise.all([customer.press(first), customer.press(second)]);
      await customer.hears(/Not enough credits: 1 more needed/);
      await settled(customer);
      await eventually(async () => (await customer.videos()).length === 1);
      expect(await reels.jobsOf(customer)).toHaveLength(1);
      await startedOnce(customer);
      expect(await reels.balanceOf(customer)).toMatchObject({ available: 0, held: 0 });
    },
  );

  it.concurrent.each(Object.entries(scenarios))('lives through %s', async (_what, scenario) => {
    const customer = await ordered(1, { product: scenario.product });
    const [job] = await settled(customer);
    expect(job).toMatchObject({
      status: scenario.delivered ? 'delivered' : 'failed',
      attempts: scenario.attempts,
      errorClass: scenario.errorClass ?? null,
    });
    if (scenario.delivered) await untilVideos(customer, 1);
    else await customer.hears(new RegExp(BACK.en));
    if (scenario.says) await customer.hears(scenario.says);
    expect(await customer.videos()).toHaveLength(scenario.delivered ? 1 : 0);
    await startedOnce(customer);
    expect(await customer.heard(TRYING)).toBe(scenario.trying);
    const kinds = (await reels.entriesOf(customer)).map(({ kind }) => kind).filter((kind) => kind !== 'grant');
    expect(kinds.sort()).toEqual(scenario.delivered ? ['capture', 'hold'] : ['hold', 'release']);
    expect(await reels.balanceOf(customer)).toMatchObject({ available: scenario.delivered ? 0 : 1, held: 0 });
  });

  it('adds up in the end', async () => {
    const proof = await reels.prove();
    expect(proof.problems.filter(({ code }) => code !== 'hold_overdue')).toEqual([]);
    expect(proof.ok).toBe(true);
  });
});
