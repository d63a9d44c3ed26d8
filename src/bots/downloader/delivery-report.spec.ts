import type { DownloadDelivery, SentFile } from '../../features/downloads/index.js';
import { DeliveryReport } from './delivery-report.js';

const facts = { key: 'k', reference: 'request', errorCode: null, error: null };
const file = { file_id: 'f', file_unique_id: 'u', file_size: 7 };

/** Remembers what it is told. */
class FakeDelivery {
  readonly told: unknown[] = [];

  arrived(requestId: string, sent: SentFile | null): Promise<void> {
    this.told.push(['arrived', requestId, sent?.fileId ?? null, sent?.asDocument ?? null]);
    return Promise.resolve();
  }

  refused(requestId: string, why: object): Promise<void> {
    this.told.push(['refused', requestId, why]);
    return Promise.resolve();
  }
}

describe('DeliveryReport', () => {
  const report = async (message: object) => {
    const delivery = new FakeDelivery();
    await new DeliveryReport(delivery as unknown as DownloadDelivery).settled({ ...facts, ...message } as never);
    return delivery.told;
  };

  it.each([
    ['video', { video: { ...file, width: 1, height: 1, duration: 1 } }, ['arrived', 'request', 'f', false]],
    ['document', { document: file }, ['arrived', 'request', 'f', true]],
    ['something that we cannot send again', { audio: file }, ['arrived', 'request', null, null]],
  ])('tells that a %s has arrived', async (_, result, expected) => {
    expect(await report({ state: 'sent', result })).toEqual([expected]);
  });

  it.each([
    ['Bad Request: wrong file identifier/HTTP URL specified', 400, true, 'TELEGRAM_400'],
    ['Bad Request: wrong remote file identifier specified', 400, true, 'TELEGRAM_400'],
    ['Forbidden: bot was blocked by the user', 403, false, 'TELEGRAM_403'],
    [null, null, false, 'TELEGRAM_UNKNOWN'],
  ])('tells of %s', async (error, errorCode, staleFileId, code) => {
    const state = error === null ? 'unknown' : 'failed';
    expect(await report({ state, error, errorCode })).toEqual([['refused', 'request', { staleFileId, code }]]);
  });
});
