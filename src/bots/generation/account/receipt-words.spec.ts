import { receiptLine, shortDay } from './receipt-words.js';
import { videoButtons, videoLine } from './video-words.js';

const say = (key: string) => key;
const entry = { reference: null, note: null };

describe('a line of the receipt', () => {
  it.each([
    [{ ...entry, kind: 'grant', availableDelta: 2, reference: 'welcome' }, '20.11 · +2 · receipt.welcome'],
    [{ ...entry, kind: 'grant', availableDelta: 5, note: 'Thanks <3' }, '20.11 · +5 · receipt.grant (Thanks &lt;3)'],
    [{ ...entry, kind: 'hold', availableDelta: -1, note: 'inside' }, '20.11 · −1 · receipt.hold'],
    [{ ...entry, kind: 'capture', availableDelta: 0 }, '20.11 · ✓ · receipt.capture'],
  ] as const)('tells of %o', (line, expected) => {
    expect(receiptLine(line, '20.11', say)).toBe(expected);
  });
});

it.each([
  ['en', '5 Nov'],
  ['ru', '05.11'],
] as const)('a day is short in %s', (language, expected) => {
  expect(shortDay('2026-11-05', language)).toBe(expected);
});

describe('the list of videos', () => {
  const video = { id: 'one', kind: 'ad', productText: 'A <red>\nmug', status: 'delivered' } as const;

  it('shows each in a line', () => {
    expect(videoLine(video, 6, '20.11', say)).toBe('6. 20.11 · button.ad · A &lt;red&gt; mug · videos.ready');
    expect(videoLine({ ...video, status: 'queued' }, 1, '20.11', say)).toContain('videos.moving');
  });

  it('has the numbers of those that are there', () => {
    expect(videoButtons([{ ...video, status: 'queued' }, video], 6)).toEqual([
      { text: '7', callback_data: 'video:one' },
    ]);
  });
});
