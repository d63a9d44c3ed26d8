import { idRanges } from './id-ranges.js';

it('parts all ids, without a gap', () => {
  const ranges = idRanges();
  expect(ranges[0]?.[0]).toBe('00000000-0000-0000-0000-000000000000');
  expect(ranges.at(-1)?.[1]).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
  const numberOf = (id: string) => BigInt(`0x${id.replaceAll('-', '')}`);
  for (const [index, [from]] of ranges.slice(1).entries()) {
    expect(numberOf(from)).toBe(numberOf(ranges[index]![1]) + 1n);
  }
});
