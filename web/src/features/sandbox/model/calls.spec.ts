import type { ApiCall } from '../api';
import { mergeCalls, mergeLoaded, methodsOf, toneOf } from './calls';

const call = (seq: number, extra: Partial<ApiCall> = {}): ApiCall => ({
  seq,
  at: '2026-11-20T10:00:00Z',
  botId: 1,
  method: 'sendMessage',
  chatId: 7,
  params: {},
  status: 200,
  response: {},
  ms: 1,
  ...extra,
});

const seqs = (calls: ApiCall[]): number[] => calls.map(({ seq }) => seq);

describe('mergeCalls', () => {
  it('is newest first, whatever came first', () => {
    expect(seqs(mergeCalls([call(2)], [call(1), call(3)]))).toEqual([3, 2, 1]);
  });

  it('has each call once, as it was told last', () => {
    expect(mergeCalls([call(1, { status: 0 })], [call(1, { status: 200 })])).toEqual([call(1, { status: 200 })]);
  });

  it('forgets the oldest beyond 500', () => {
    const many = Array.from({ length: 501 }, (_, index) => call(index));
    const kept = mergeCalls(many, []);
    expect(kept).toHaveLength(500);
    expect(kept.at(-1)?.seq).toBe(1);
  });
});

describe('mergeLoaded', () => {
  it('adds the missed calls', () => {
    expect(seqs(mergeLoaded([call(5), call(2)], { items: [call(4), call(5)], last: 5 }))).toEqual([5, 4, 2]);
  });

  it('forgets what a sandbox knew before it started anew', () => {
    expect(seqs(mergeLoaded([call(9), call(1)], { items: [call(1), call(2)], last: 2 }))).toEqual([2, 1]);
  });
});

it.each([
  [200, 'ok'],
  [429, 'limited'],
  [400, 'refused'],
  [403, 'refused'],
  [500, 'broken'],
  [0, 'broken'],
])('toneOf(%i) is %s', (status, tone) => {
  expect(toneOf(call(1, { status }))).toBe(tone);
});

it('methodsOf lists each method once, by name', () => {
  expect(
    methodsOf([call(1, { method: 'sendVideo' }), call(2, { method: 'getMe' }), call(3, { method: 'getMe' })]),
  ).toEqual(['getMe', 'sendVideo']);
});
