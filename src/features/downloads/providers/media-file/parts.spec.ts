import { bytesOf, isComplete, part, splitIntoParts } from './parts.js';

const MB = 1024 * 1024;

describe('splitIntoParts', () => {
  it.each<[number, number]>([
    [0, 1],
    [1, 1],
    [4 * MB, 1],
    [8 * MB - 1, 1],
    [8 * MB, 2],
    [15 * MB, 3],
    [16 * MB + 3, 4],
    [2_000 * MB, 4],
  ])('gives %i bytes to %i connections, without gap or overlap', (total, count) => {
    const parts = splitIntoParts(total);
    expect(parts).toHaveLength(count);
    expect(parts[0]?.from).toBe(0);
    expect(parts.at(-1)?.to).toBe(total);
    parts.slice(1).forEach((next, index) => {
      expect(next.from).toBe(parts[index]?.to);
    });
  });
});

describe('parts', () => {
  it('count what has come', () => {
    const parts = [part(0, 10), part(10, 20)];
    expect(bytesOf(parts)).toBe(0);
    parts.forEach((each, index) => (each.at += index + 3));
    expect(bytesOf(parts)).toBe(7);
  });

  it('are complete at their end, which an unknown file has not', () => {
    expect(isComplete({ ...part(0, 10), at: 9 })).toBe(false);
    expect(isComplete({ ...part(0, 10), at: 10 })).toBe(true);
    expect(isComplete({ ...part(0, Infinity), at: 1e9 })).toBe(false);
  });
});
