import { newDraft, type Draft } from './draft.js';
import { goingOn, NO_DRAFTS, summaryOf, withOrdered, withoutDraft } from './drafts.js';

const summary = (id: string): Draft => ({ ...newDraft(id), step: 'summary' });
const all = ['first', 'second', 'third', 'fourth'];
const shown = (ids: string[]) => ids.reduce((drafts, id) => goingOn(drafts, summary(id)), NO_DRAFTS);

describe('drafts', () => {
  it('remember a summary when another order is begun', () => {
    const drafts = goingOn(shown(['first']), newDraft('second'));
    expect(drafts.current?.id).toBe('second');
    expect(summaryOf(drafts, 'first')).toEqual(summary('first'));
    expect(summaryOf(drafts, 'second')).toBeNull();
  });

  it('remember the last three', () => {
    expect(shown(all).summaries.map(({ id }) => id)).toEqual(['second', 'third', 'fourth']);
    expect(shown(['first', 'first']).summaries).toHaveLength(1);
  });

  it('know what was ordered, and begin with nothing after it', () => {
    const drafts = withOrdered(shown(['first', 'second']), 'second');
    expect(drafts.current).toBeNull();
    expect(drafts.summaries.map(({ step }) => step)).toEqual(['summary', 'ordered']);
    expect(withOrdered(shown(['first', 'second']), 'first').current?.id).toBe('second');
  });

  it('forget what was given up', () => {
    const drafts = withoutDraft(shown(['first', 'second']), 'second');
    expect(drafts).toEqual({ current: null, summaries: [summary('first')] });
    expect(withoutDraft(shown(['first', 'second']), 'first').current?.id).toBe('second');
  });
});
