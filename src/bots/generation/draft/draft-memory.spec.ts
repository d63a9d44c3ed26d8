import { newDraft } from './draft.js';
import { draftIn, keepDraft, type DraftContext } from './draft-memory.js';

const context = (updateId: number, session: DraftContext['session']) =>
  ({ update: { update_id: updateId }, session }) as DraftContext;

describe('the memory of drafts', () => {
  it('keeps a draft from one update to the next', () => {
    const first = context(1, {});
    expect(draftIn(first)).toBeNull();
    keepDraft(first, newDraft('one'));
    expect(draftIn(context(2, first.session))?.id).toBe('one');
  });

  it('gives an update that is handled again what it found the first time', () => {
    const first = context(1, {});
    keepDraft(first, newDraft('one'));
    const second = context(2, first.session);
    keepDraft(second, { ...newDraft('one'), step: 'product' });
    const repeated = context(2, second.session);
    expect(draftIn(repeated)?.step).toBe('photo');
    keepDraft(repeated, { ...newDraft('one'), step: 'product' });
    expect(draftIn(context(3, repeated.session))?.step).toBe('product');
  });
});
