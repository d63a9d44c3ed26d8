import { KieHealth } from './kie.health.js';
import type { KnownKey } from './open-keys.js';

const key = (status: KnownKey['status'], blockedMs = 0) => ({ account: 'main', status, blockedMs }) as KnownKey;
const NO_KEY = 'there is no key: neither KIE_API_KEY nor one of the panel';
const NONE_USABLE = 'none of the keys can be used';

describe('KieHealth', () => {
  it.each<[string, KnownKey[], boolean, object]>([
    ['a key', [key('active')], false, { status: 'ok' }],
    ['a key for the stand-in', [key('active')], true, { status: 'ok', reason: 'the stand-in of the sandbox answers' }],
    ['no key', [], true, { status: 'unavailable', reason: NO_KEY }],
    ['keys that are switched off', [key('disabled')], false, { status: 'unavailable', reason: NO_KEY }],
    ['an account that rests', [key('rate_limited', 60_000)], false, { status: 'ok' }],
    ['one key of two that works', [key('invalid'), key('active')], false, { status: 'ok' }],
    [
      'keys that do not work',
      [key('invalid'), key('billing_blocked', 1)],
      true,
      { status: 'unavailable', reason: NONE_USABLE },
    ],
  ])('tells of %s', async (_, keys, isStandIn, state) => {
    expect(await new KieHealth({ all: () => Promise.resolve(keys) }, { isStandIn }).check()).toEqual(state);
  });
});
