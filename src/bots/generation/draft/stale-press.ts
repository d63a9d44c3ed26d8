import type { Draft, Step } from './draft.js';

/** The word for a button that leads nowhere any more; null: it is about the step that the draft is at. */
export function stalePress(draft: Draft | null, step: Step): 'press.expired' | 'press.passed' | null {
  if (!draft) return 'press.expired';
  return draft.step === step ? null : 'press.passed';
}
