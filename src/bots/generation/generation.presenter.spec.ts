import type { Failure, GenerationBatch, GenerationJob, ReadyVideo } from '../../features/generation/index.js';
import type { BotTexts, Outbox, OwedMedia, TelegramConfig, TextVariables } from '../../telegram/index.js';
import { GenerationPresenter } from './generation.presenter.js';
import { generationTexts } from './generation.texts.js';
import { SupportContact } from './support-contact.js';

interface Owed {
  key: string;
  kind: string;
  lane?: string;
  text: string;
  markup?: object;
}

/** Remembers what is owed. */
class FakeOutbox {
  readonly words: Owed[] = [];
  readonly media: OwedMedia[] = [];

  send(owed: Owed): Promise<void> {
    this.words.push(owed);
    return Promise.resolve();
  }

  sendMedia(owed: OwedMedia): Promise<void> {
    this.media.push(owed);
    return Promise.resolve();
  }
}

const catalog = generationTexts as Record<string, { en: string; ru: string }>;
const texts = {
  text: (_bot: string, key: string, language: 'en' | 'ru', variables: TextVariables = {}) =>
    (catalog[key]?.[language] ?? key).replace(/\{(\w+)\}/g, (_, name: string) => String(variables[name])),
} as unknown as BotTexts;

const to = { bot: 'generation', chatId: 7, tgUserId: 7, language: 'en' } as const;
const job = { id: 'job', round: 2, productText: 'A <red> mug', costCredits: 1 } as GenerationJob;

describe('GenerationPresenter', () => {
  let outbox: FakeOutbox;
  const presenter = (supportContact?: string) => {
    const support = new SupportContact({ supportContact } as TelegramConfig);
    return new GenerationPresenter(outbox as unknown as Outbox, texts, support);
  };
  beforeEach(() => {
    outbox = new FakeOutbox();
  });
  const failed = async (errorClass: Failure['class'], language: 'en' | 'ru' = 'en', contact?: string) => {
    await presenter(contact).failed(job, { class: errorClass, model: 'Seedance', credits: 1 }, { ...to, language });
    return outbox.words[0]?.text ?? '';
  };

  it('says once that a batch has started, and once that a video is tried again', async () => {
    await presenter().started({ ...to, id: 'batch' } as unknown as GenerationBatch);
    await presenter().retrying(job, to);
    expect(outbox.words).toMatchObject([
      { key: 'batch:batch:started', kind: 'notice', text: '🎬 Generation started, 1 to 30 minutes' },
      { key: 'job:job:retrying', kind: 'notice', text: '🔁 Trying again' },
    ]);
  });

  it('sends a new video from the storage, in a lane of its own', async () => {
    const video: ReadyVideo = {
      source: { storageKey: 'generation/job/video.mp4', sizeBytes: 1 },
      width: 720,
      height: 1280,
      durationSec: 8.04,
    };
    await presenter().deliver(job, video, to);
    expect(outbox.media[0]).toMatchObject({
      key: 'job:job:video:2',
      lane: 'generation:job',
      kind: 'result',
      topic: 'generation.delivery',
      reference: 'job',
      method: 'sendVideo',
      params: { width: 720, height: 1280, duration: 8, supports_streaming: true, caption: '🎬 A &lt;red&gt; mug' },
      files: { video: { key: 'generation/job/video.mp4', filename: 'video.mp4' } },
    });
    expect(JSON.stringify(outbox.media[0]?.params.reply_markup)).toContain('again:job');
  });

  it('sends a known video by its id, under the key of who asks for it', async () => {
    const video = { source: { fileId: 'f' }, width: null, height: null, durationSec: null };
    await presenter().sendAgain(job, video, to, 'wished');
    const { key, params, files } = outbox.media[0] ?? {};
    expect({ key, files }).toEqual({ key: 'wished', files: {} });
    expect(params).toMatchObject({ video: 'f' });
    expect(Object.keys(params ?? {})).not.toContain('duration');
  });

  it.each(['USER_VIOLATION', 'BILLING', 'RATE_LIMIT', 'TEMPORARY', 'CONFIG', 'UNKNOWN'] as const)(
    'says after %s that the credits are back, and what can be done next',
    async (errorClass) => {
      expect(await failed(errorClass)).toContain('credits are back');
      expect(outbox.words[0]).toMatchObject({ key: 'job:job:failed:2', kind: 'error', lane: 'generation:job' });
      expect(JSON.stringify(outbox.words[0]?.markup)).toContain('again:job');
      outbox.words.length = 0;
      expect(await failed(errorClass, 'ru')).toContain('кредиты вернулись');
    },
  );

  it('names the model whose rules were broken, and what to change', async () => {
    expect(await failed('USER_VIOLATION', 'en', '@help')).toMatch(/Seedance has refused.*Try another photo/s);
  });

  it.each(['BILLING', 'CONFIG', 'TEMPORARY', 'RATE_LIMIT', 'UNKNOWN'] as const)(
    'names whom to write to after %s',
    async (errorClass) => {
      expect(await failed(errorClass, 'en', '@help')).toContain('Write to us: @help');
      outbox.words.length = 0;
      expect(await failed(errorClass)).toContain('Please try again later');
    },
  );

  it('says nothing of credits that were not given back', async () => {
    await presenter().failed(job, { class: 'UNKNOWN', model: 'Seedance', credits: 0 }, to);
    expect(outbox.words[0]?.text).not.toContain('credits');
  });

  it('tells what the operator has cancelled', async () => {
    await presenter().cancelled(job, to);
    expect(outbox.words[0]?.text).toMatch(/cancelled.*credits are back: 1 credit/s);
  });

  it('tells which video the operator has given the credits back for', async () => {
    await presenter().refunded(job, to);
    expect(outbox.words[0]?.key).toBe('job:job:refunded:2');
    expect(outbox.words[0]?.text).toMatch(/your video of “A <red> mug”.*credits are back: 1 credit/s);
  });
});
