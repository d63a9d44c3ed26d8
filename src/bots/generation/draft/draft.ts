import type { GenerationJob, GenerationKind } from '../../../features/generation/index.js';

export const COUNTS = [1, 3, 5] as const;
export type Count = (typeof COUNTS)[number];

export type Step = 'photo' | 'product' | 'kind' | 'wishes' | 'prompt' | 'count' | 'summary' | 'ordered';

/** What a conversation has gathered for an order. */
export interface Draft {
  /** Of what is confirmed: another one after the way back from the summary, so that its button orders nothing else. */
  id: string;
  step: Step;
  photoKey: string | null;
  /** Of the album that the photo came in: the others of it are passed over. */
  albumId: string | null;
  productText: string | null;
  kind: GenerationKind | null;
  wishes: string | null;
  userPrompt: string | null;
  count: Count | null;
}

interface StepRule {
  takes: 'photo' | 'text' | 'press' | 'nothing';
  /** null: out of the conversation. */
  back(draft: Draft): Step | null;
}

/** The way, step by step. */
export const STEPS: Record<Step, StepRule> = {
  photo: { takes: 'photo', back: () => null },
  product: { takes: 'text', back: () => 'photo' },
  kind: { takes: 'press', back: () => 'product' },
  wishes: { takes: 'text', back: () => 'kind' },
  prompt: { takes: 'text', back: () => 'kind' },
  count: { takes: 'press', back: ({ kind }) => (kind === 'own' ? 'prompt' : 'wishes') },
  summary: { takes: 'press', back: () => 'count' },
  ordered: { takes: 'nothing', back: () => null },
};

export interface TextProblem {
  problem: 'too_short' | 'too_long';
  min: number;
  max: number;
  length: number;
}

const NO_WISHES = /^[-–—]$/;
const LIMITS = {
  product: { min: 3, max: 1_000 },
  wishes: { min: 1, max: 1_000 },
  prompt: { min: 3, max: 2_000 },
} as const;

export function newDraft(id: string): Draft {
  const nothing = { productText: null, kind: null, wishes: null, userPrompt: null, count: null };
  return { id, step: 'photo', photoKey: null, albumId: null, ...nothing };
}

/** Another order with the product of a job. */
export function draftOf({ photoKey, productText }: Pick<GenerationJob, 'photoKey' | 'productText'>, id: string): Draft {
  return { ...newDraft(id), step: 'kind', photoKey, productText };
}

export function withPhoto(draft: Draft, photoKey: string, albumId: string | null): Draft {
  return { ...draft, step: 'product', photoKey, albumId };
}

/** At a step that takes text. */
export function withText(draft: Draft, raw: string): Draft | TextProblem {
  const text = raw.trim();
  switch (draft.step) {
    case 'product':
      return problemOf(text, LIMITS.product) ?? { ...draft, step: 'kind', productText: text };
    case 'wishes': {
      const wishes = NO_WISHES.test(text) ? null : text;
      return problemOf(text, LIMITS.wishes) ?? { ...draft, step: 'count', wishes };
    }
    case 'prompt':
      return problemOf(text, LIMITS.prompt) ?? { ...draft, step: 'count', userPrompt: text };
    default:
      throw new Error(`The step ${draft.step} takes no text`);
  }
}

/** Words that were meant for another kind do not go along. */
export function withKind(draft: Draft, kind: GenerationKind): Draft {
  return { ...draft, step: kind === 'own' ? 'prompt' : 'wishes', kind, wishes: null, userPrompt: null };
}

export function withCount(draft: Draft, count: Count): Draft {
  return { ...draft, step: 'summary', count };
}

/** @returns null where the way begins */
export function stepBack(draft: Draft, newId: string): Draft | null {
  const step = STEPS[draft.step].back(draft);
  return step && { ...draft, step, id: draft.step === 'summary' ? newId : draft.id };
}

function problemOf(text: string, { min, max }: { min: number; max: number }): TextProblem | null {
  const { length } = text;
  if (length < min) return { problem: 'too_short', min, max, length };
  return length > max ? { problem: 'too_long', min, max, length } : null;
}
