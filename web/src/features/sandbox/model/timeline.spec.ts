import type { TgMessage } from './bot-api';
import type { Entry } from './conversation-reducer';
import { toTimeline } from './timeline';

const noon = new Date(2026, 10, 20, 12, 0).getTime() / 1000;

const entry = (id: number, fromId: number, date: number, extra: Partial<TgMessage> = {}): Entry => ({
  key: `m${id}`,
  status: 'sent',
  message: { message_id: id, date, from: { id: fromId, first_name: 'x' }, chat: { id: 1, type: 'private' }, ...extra },
});

/** `day [1 2] [3]`: a bracket is a run of one sender, a plus joins an album. */
const draw = (entries: Entry[]): string =>
  toTimeline(entries)
    .map((item) =>
      item.kind === 'day'
        ? 'day'
        : `${item.isFirst ? '[' : ''}${item.entries.map((e) => e.message.message_id).join('+')}${item.isLast ? ']' : ''}`,
    )
    .join(' ');

describe('toTimeline', () => {
  it('is empty without messages', () => {
    expect(toTimeline([])).toEqual([]);
  });

  it('groups runs of one sender', () => {
    expect(draw([entry(1, 7, noon), entry(2, 7, noon + 5), entry(3, 100, noon + 6)])).toBe('day [1 2] [3]');
  });

  it('breaks a run after a long pause', () => {
    expect(draw([entry(1, 7, noon), entry(2, 7, noon + 601)])).toBe('day [1] [2]');
  });

  it('separates days, and a run ends with its day', () => {
    const midnight = new Date(2026, 10, 21).getTime() / 1000;
    expect(draw([entry(1, 7, midnight - 1), entry(2, 7, midnight)])).toBe('day [1] day [2]');
  });

  it('joins an album', () => {
    const album = { media_group_id: 'g' };
    expect(draw([entry(1, 7, noon, album), entry(2, 7, noon, album), entry(3, 7, noon)])).toBe('day [1+2 3]');
  });
});
