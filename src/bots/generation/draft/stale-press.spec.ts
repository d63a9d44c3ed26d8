import { newDraft } from './draft.js';
import { stalePress } from './stale-press.js';

describe('stalePress', () => {
  it.each([
    ['nobody’s draft', null, 'press.expired'],
    ['a step that is behind', { ...newDraft('one'), step: 'count' as const }, 'press.passed'],
    ['the step itself', { ...newDraft('one'), step: 'kind' as const }, null],
  ])('tells a button of %s', (_what, draft, expected) => {
    expect(stalePress(draft, 'kind')).toBe(expected);
  });
});
