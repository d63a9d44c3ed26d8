import { followsEnd } from './follows-end';

const atEnd = { height: 1_000, windowHeight: 400, above: 600 };

describe('a list that grows', () => {
  it.each([
    ['is left by its reader', true, { ...atEnd, above: 540 }, false],
    ['is followed when its end is near', false, { ...atEnd, above: 541 }, true],
    ['is followed when a message comes while it moves', true, { ...atEnd, height: 1_200 }, true],
    [
      'is followed when it becomes shorter under a message that comes',
      true,
      { ...atEnd, height: 1_190, above: 592 },
      true,
    ],
    ['is followed when a keyboard takes of its window', true, { ...atEnd, windowHeight: 200 }, true],
    ['is not followed when a message comes while its reader is elsewhere', false, { ...atEnd, height: 1_200 }, false],
  ])('%s', (_what, follows, now, expected) => {
    expect(followsEnd(follows, atEnd, now)).toBe(expected);
  });
});
