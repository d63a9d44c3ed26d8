import type { Draft } from './draft.js';

/** More buttons than these nobody goes back to. */
const MOST_SUMMARIES = 3;

/** What a conversation remembers of orders: the one in the making, and those whose summary was shown. */
export interface Drafts {
  current: Draft | null;
  /**
   * The newest last, at the step `summary` or `ordered`. The button under a summary orders what it shows, even when
   * another order was begun meanwhile; pressed again, it finds what it has ordered.
   */
  summaries: readonly Draft[];
}

export const NO_DRAFTS: Drafts = { current: null, summaries: [] };

/** Goes on with a draft, or with none. */
export function goingOn(drafts: Drafts, draft: Draft | null): Drafts {
  if (draft?.step !== 'summary') return { ...drafts, current: draft };
  const others = drafts.summaries.filter(({ id }) => id !== draft.id);
  return { current: draft, summaries: [...others, draft].slice(-MOST_SUMMARIES) };
}

export function summaryOf({ summaries }: Drafts, draftId: string): Draft | null {
  return summaries.find(({ id }) => id === draftId) ?? null;
}

/** It cannot be confirmed any more. */
export function withoutDraft({ current, summaries }: Drafts, draftId: string): Drafts {
  return {
    current: current?.id === draftId ? null : current,
    summaries: summaries.filter(({ id }) => id !== draftId),
  };
}

export function withOrdered({ current, summaries }: Drafts, draftId: string): Drafts {
  return {
    current: current?.id === draftId ? null : current,
    summaries: summaries.map((draft) => (draft.id === draftId ? { ...draft, step: 'ordered' } : draft)),
  };
}
