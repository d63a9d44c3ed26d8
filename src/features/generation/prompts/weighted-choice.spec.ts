import { weightedChoice } from './weighted-choice.js';

const named = (weights: Record<string, number>) => Object.entries(weights).map(([name, weight]) => ({ name, weight }));
const seeds = Array.from({ length: 4_000 }, (_, index) => `person ${index}`);

describe('weightedChoice', () => {
  it('is the same for the same seed', () => {
    const from = named({ a: 1, b: 1 });
    for (const seed of seeds.slice(0, 50)) expect(weightedChoice(from, seed)).toBe(weightedChoice(from, seed));
  });

  it('takes each as often as it weighs', () => {
    const taken = seeds.map((seed) => weightedChoice(named({ never: 0, a: 1, b: 3, neither: 0 }), seed)?.name);
    const shareOf = (name: string) => taken.filter((each) => each === name).length / seeds.length;
    expect(shareOf('a') + shareOf('b')).toBe(1);
    expect(shareOf('b')).toBeGreaterThan(0.72);
    expect(shareOf('b')).toBeLessThan(0.78);
  });

  it('takes none where there is none, or none that weighs anything', () => {
    expect(weightedChoice([], 'x')).toBeNull();
    expect(weightedChoice(named({ a: 0 }), 'x')).toBeNull();
  });
});
