import type { SendingEnd, VideoDelivery } from '../../features/generation/index.js';
import type { SettledMessage } from '../../telegram/index.js';
import { DeliveryReport } from './delivery-report.js';

type End = Pick<SettledMessage, 'state'> & Partial<SettledMessage>;

describe('DeliveryReport', () => {
  const told = async (message: End) => {
    const ends: [string, SendingEnd][] = [];
    const delivery = {
      settled: (jobId: string, end: SendingEnd) => {
        ends.push([jobId, end]);
        return Promise.resolve();
      },
    } as unknown as VideoDelivery;
    const facts = { key: 'k', reference: 'job', result: null, errorCode: null, error: null };
    await new DeliveryReport(delivery).settled({ ...facts, ...message });
    return ends;
  };
  const failed = (errorCode: number, error: string): End => ({ state: 'failed', errorCode, error });

  it.each<[string, End, SendingEnd]>([
    ['a video', { state: 'sent', result: { video: { file_id: 'f' } } }, { state: 'sent', fileId: 'f' }],
    ['a clip', { state: 'sent', result: { animation: {}, document: {} } }, { state: 'sent', fileId: null }],
    ['no answer', { state: 'unknown' }, { state: 'sent', fileId: null }],
    ['a block', failed(403, 'Forbidden: bot was blocked by the user'), { state: 'blocked' }],
    ['a chat that is gone', failed(400, 'Bad Request: chat not found'), { state: 'blocked' }],
    [
      'an old file',
      failed(400, 'Bad Request: wrong file_id or the file is temporarily unavailable'),
      { state: 'stale' },
    ],
    ['another old file', failed(400, 'Bad Request: wrong remote file identifier specified'), { state: 'stale' }],
    [
      'a refusal',
      failed(413, 'Request Entity Too Large'),
      { state: 'refused', code: 'TELEGRAM_413', message: 'Request Entity Too Large' },
    ],
  ])('tells of %s', async (_what, message, end) => {
    expect(await told(message)).toEqual([['job', end]]);
  });
});
