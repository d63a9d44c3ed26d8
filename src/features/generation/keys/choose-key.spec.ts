import { chooseKey, restOf, roomOf, WINDOW_CALLS, type KeyState } from './choose-key.js';

const key = (id: string, fields: Partial<KeyState> = {}): KeyState => ({
  id,
  account: id,
  status: 'active',
  blockedMs: 0,
  inFlight: 0,
  lastUsed: null,
  ...fields,
});
const resting = (ms: number) => ({ status: 'rate_limited', blockedMs: ms }) as const;
const broke = (ms: number) => ({ status: 'billing_blocked', blockedMs: ms }) as const;
const full = (...frees: (number | null)[]) =>
  [...frees, ...new Array<number | null>(WINDOW_CALLS).fill(9_000)].slice(0, WINDOW_CALLS);

const chosen = (keys: KeyState[], windows: Record<string, (number | null)[]> = {}) => {
  const choice = chooseKey(keys, new Map(Object.entries(windows)));
  return choice.outcome === 'take' ? choice.key.id : choice.outcome === 'wait' ? choice.ms : choice.outcome;
};

describe('whose turn it is', () => {
  it.each<[string, ReturnType<typeof chosen>, ReturnType<typeof chosen>]>([
    ['the fewest in flight', chosen([key('a', { inFlight: 2 }), key('b', { inFlight: 1, lastUsed: 9 })]), 'b'],
    ['then the least recently used', chosen([key('a', { lastUsed: 2 }), key('b', { lastUsed: 1 })]), 'b'],
    ['one that was never used before all others', chosen([key('a', { lastUsed: 1 }), key('b')]), 'b'],
    ['no resting one', chosen([key('a', resting(5_000)), key('b', { inFlight: 7 })]), 'b'],
    [
      'no key of a resting account',
      chosen([key('a', resting(9)), key('a2', { account: 'a' }), key('b', { inFlight: 7 })]),
      'b',
    ],
    ['one whose rest is over', chosen([key('a', resting(-1)), key('b', { inFlight: 1 })]), 'a'],
    ['one that may have money again', chosen([key('a', broke(0))]), 'a'],
    ['no key of an account whose window is full', chosen([key('a'), key('b', { inFlight: 7 })], { a: full() }), 'b'],
    ['one whose window has room for one', chosen([key('a')], { a: full().slice(1) }), 'a'],
    ['nobody, when there is no key', chosen([]), 'none'],
    [
      'nobody, when none comes back soon',
      chosen([key('a', broke(1)), key('b', { status: 'invalid' }), key('c', { status: 'disabled' })]),
      'none',
    ],
  ])('%s', (_what, found, expected) => {
    expect(found).toBe(expected);
  });

  it.each<[string, ReturnType<typeof chosen>, number]>([
    ['the shortest rest', chosen([key('a', resting(50)), key('b', resting(20.4)), key('c', broke(1))]), 21],
    ['the first place in a window', chosen([key('a')], { a: full(300, 400) }), 300],
    ['as many as are too many', chosen([key('a')], { a: [1, 2, ...full(300)] }), 300],
    ['a while when no call is over', chosen([key('a')], { a: full().map(() => null) }), 1_000],
    ['whatever is longer, rest or window', chosen([key('a', resting(500))], { a: full(300) }), 500],
  ])('waits for %s', (_what, found, expected) => {
    expect(found).toBe(expected);
  });
});

it('counts the room of all accounts once, without those that rest or are blocked', () => {
  const keys = [key('a'), key('a2', { account: 'a' }), key('b'), key('c', resting(1)), key('d', broke(1))];
  expect(
    roomOf(
      keys,
      new Map([
        ['a', [1, 2, null]],
        ['b', [1, ...full()]],
      ]),
    ),
  ).toBe(WINDOW_CALLS - 3);
});

it('an account rests as long as any of its keys', () => {
  const keys = [key('a', resting(5)), key('a2', { account: 'a', ...resting(7) }), key('b', resting(9))];
  expect(restOf('a', keys)).toBe(7);
  expect(restOf('c', keys)).toBe(0);
});
