import type { DownloadDelivery, SentFile } from '../../features/downloads/index.js';
import { DeliveryReport } from './delivery-report.js';

const facts = { key: 'k', reference: 'request', errorCode: null, error: null };
const file = { file_id: 'f', file_unique_id: 'u', file_size: 7 };

/** Remembers what it is told. */
class FakeDelivery {
  readonly told: unknown[] = [];

  arrived(requestId: string, files: SentFile[] | null, part: number): Promise<void> {
    const sent = files?.map(({ kind, fileId, durationSec }) => `${kind} ${fileId} ${durationSec ?? '-'}`) ?? null;
    this.told.push(['arrived', requestId, part, sent]);
    return Promise.resolve();
  }

  refused(requestId: string, why: object, part: number): Promise<void> {
    this.told.push(['refused', requestId, part, why]);
    return Promise.resolve();
  }
}

describe('DeliveryReport', () => {
  const report = async (message: object) => {
    const delivery = new FakeDelivery();
    await new DeliveryReport(delivery as unknown as DownloadDelivery).settled({ ...facts, ...message } as never);
    return delivery.told;
  };
  const video = { video: { ...file, width: 1, height: 1, duration: 8 } };
  const photo = {
    photo: [
      { ...file, file_id: 'small' },
      { ...file, file_id: 'large' },
    ],
  };
  const clip = { animation: { ...file, duration: 2 }, document: file };

  it.each([
    ['video', video, ['video f 8']],
    ['document', { document: file }, ['document f -']],
    ['silent clip', clip, ['document f 2']],
    ['piece of music', { audio: { ...file, duration: 60 } }, ['audio f 60']],
    ['photo, of which the largest counts', photo, ['photo large -']],
    ['album', [photo, video], ['photo large -', 'video f 8']],
    ['something that we cannot send again', { sticker: file }, null],
    ['something of an album that we cannot send again', [video, { sticker: file }], null],
  ])('tells that a %s has arrived', async (_, result, expected) => {
    expect(await report({ state: 'sent', result })).toEqual([['arrived', 'request', 0, expected]]);
  });

  it('tells which part of a request it was', async () => {
    expect(await report({ state: 'sent', result: video, reference: 'request/2' })).toEqual([
      ['arrived', 'request', 2, ['video f 8']],
    ]);
  });

  it.each([
    ['Bad Request: wrong file identifier/HTTP URL specified', 400, true, 'TELEGRAM_400'],
    ['Bad Request: wrong remote file identifier specified', 400, true, 'TELEGRAM_400'],
    ['Forbidden: bot was blocked by the user', 403, false, 'TELEGRAM_403'],
    [null, null, false, 'TELEGRAM_UNKNOWN'],
  ])('tells of %s', async (error, errorCode, staleFileId, code) => {
    const state = error === null ? 'unknown' : 'failed';
    expect(await report({ state, error, errorCode })).toEqual([['refused', 'request', 0, { staleFileId, code }]]);
  });
});
