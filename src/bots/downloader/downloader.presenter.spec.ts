import type { DownloadRequest, DownloadsConfig, MediaKind, ReadyFile } from '../../features/downloads/index.js';
import type { BotTexts, Outbox, OwedMedia, StatusEdit, TelegramConfig } from '../../telegram/index.js';
import { DownloaderPresenter } from './downloader.presenter.js';
import { downloaderTexts } from './downloader.texts.js';

/** Remembers what is owed. */
class FakeOutbox {
  readonly media: OwedMedia[] = [];
  readonly lastWords: string[] = [];

  sendMedia(owed: OwedMedia): Promise<void> {
    this.media.push(owed);
    return Promise.resolve();
  }

  conclude(_key: string, _address: object, { text }: StatusEdit): Promise<void> {
    this.lastWords.push(text);
    return Promise.resolve();
  }
}

const words = downloaderTexts as Record<string, { en: string }>;
const texts = {
  text: (_bot: string, key: string) => words[key]?.en ?? key,
  has: (_bot: string, key: string) => key in words,
} as unknown as BotTexts;

const requested = (kind: 'video' | 'audio' = 'video') =>
  ({
    id: 'request',
    bot: 'downloader',
    chatId: -5,
    messageId: 7,
    run: 2,
    language: 'en',
    errorRef: 'ABCDEFGH',
    options: { quality: 'best', kind },
  }) as DownloadRequest;

const known = (kind: MediaKind, durationSec: number | null = 60): ReadyFile => ({
  kind,
  source: { fileId: 'f' },
  width: 640,
  height: 360,
  durationSec,
});

describe('DownloaderPresenter', () => {
  let outbox: FakeOutbox;
  let presenter: DownloaderPresenter;
  beforeEach(() => {
    outbox = new FakeOutbox();
    const [telegram, downloads] = [
      { uploadLimitMb: 50 } as TelegramConfig,
      { maxDurationSec: 3_600 } as DownloadsConfig,
    ];
    presenter = new DownloaderPresenter(telegram, downloads, outbox as unknown as Outbox, texts);
  });
  const deliver = async (files: ReadyFile[], part = 0, mayNotPlayEverywhere = false) => {
    await presenter.deliver(requested(), { files, title: 'A title', mayNotPlayEverywhere }, part);
    return outbox.media[0];
  };
  const hasButtons = (owed?: OwedMedia) => owed?.params.reply_markup !== undefined;

  it('owes each message once, as a reply, and says which of the request’s it is', async () => {
    expect(await deliver([known('video')], 1)).toMatchObject({
      key: 'download:request:result:2:1',
      lane: 'download:request',
      replyTo: 7,
      reference: 'request/1',
      kind: 'result',
    });
  });

  it.each([
    ['a video', [known('video')], 0, true],
    ['a video that came as a document', [known('document')], 0, true],
    ['a document that is no video', [known('document', null)], 0, false],
    ['sound', [known('audio')], 0, false],
    ['a photo', [known('photo')], 0, false],
    ['an album', [known('video'), known('video')], 0, false],
    ['the rest of an album', [known('video')], 1, false],
  ])('offers other forms of %s: %s', async (_what, files, part, offered) => {
    expect(hasButtons(await deliver(files, part))).toBe(offered);
  });

  it('puts title and note under the first message alone', async () => {
    expect((await deliver([known('video')], 0, true))?.params.caption).toBe(
      'A title\n\nSome players may not show this format.',
    );
    outbox.media.length = 0;
    expect((await deliver([known('video')], 1, true))?.params.caption).toBeUndefined();
  });

  it.each([
    ['audio', 'NO_FORMAT', 'There is no sound in this video.'],
    ['video', 'NO_FORMAT', 'I could not get this video. Try again later.'],
    ['audio', 'CONTENT_GONE', 'There is no video at this link: it was removed, or the link is wrong.'],
  ] as const)('has words for the failure of %s: %s', async (kind, code, expected) => {
    await presenter.failed(requested(kind), { code, overloaded: false });
    expect(outbox.lastWords).toEqual([`${expected}\nError id: {ref}`]);
  });
});
