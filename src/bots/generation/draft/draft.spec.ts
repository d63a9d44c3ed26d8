import {
  draftOf,
  newDraft,
  stepBack,
  STEPS,
  withCount,
  withKind,
  withPhoto,
  withText,
  type Draft,
  type Step,
} from './draft.js';

const draftAt = (step: Step, more: Partial<Draft> = {}): Draft => ({ ...newDraft('first'), step, ...more });
const isDraft = (value: object): value is Draft => 'step' in value;
const said = (draft: Draft, text: string): Draft => {
  const next = withText(draft, text);
  if (!isDraft(next)) throw new Error(`«${text}» is ${next.problem}`);
  return next;
};

describe('a draft', () => {
  it('goes from a photo to a summary', () => {
    const pictured = withPhoto(newDraft('first'), 'photo.jpg', null);
    const chosen = withKind(said(pictured, ' A red mug '), 'ad');
    const draft = withCount(said(chosen, 'in the rain'), 3);
    expect(draft).toEqual({
      id: 'first',
      step: 'summary',
      photoKey: 'photo.jpg',
      albumId: null,
      productText: 'A red mug',
      kind: 'ad',
      wishes: 'in the rain',
      userPrompt: null,
      count: 3,
    });
  });

  it('asks for a prompt in the place of wishes when it is to be one’s own', () => {
    const draft = said(withKind(draftAt('kind'), 'own'), 'Slowly turn the mug');
    expect(draft).toMatchObject({ step: 'count', userPrompt: 'Slowly turn the mug', wishes: null });
  });

  it.each(['-', '–', ' — '])('takes «%s» for no wishes', (dash) => {
    expect(said(withKind(draftAt('kind'), 'ugc'), dash)).toMatchObject({ step: 'count', wishes: null });
  });

  it('forgets words that were meant for another kind', () => {
    const draft = withKind(draftAt('kind', { wishes: 'in the rain', userPrompt: 'Turn' }), 'own');
    expect(draft).toMatchObject({ wishes: null, userPrompt: null });
  });

  it.each([
    ['product', 'ab', 'too_short'],
    ['product', '   a   ', 'too_short'],
    ['product', 'x'.repeat(1_001), 'too_long'],
    ['wishes', 'x'.repeat(1_001), 'too_long'],
    ['wishes', ' ', 'too_short'],
    ['prompt', 'ab', 'too_short'],
    ['prompt', 'x'.repeat(2_001), 'too_long'],
  ] as const)('stays at %s when the text is not of a length that fits', (step, text, problem) => {
    expect(withText(draftAt(step), text)).toMatchObject({ problem, length: text.trim().length });
  });

  it.each([
    ['product', 'x'.repeat(3), 'kind'],
    ['product', 'x'.repeat(1_000), 'kind'],
    ['prompt', 'x'.repeat(2_000), 'count'],
  ] as const)('takes the longest and the shortest at %s', (step, text, next) => {
    expect(withText(draftAt(step), text)).toMatchObject({ step: next });
  });

  it.each([
    ['photo', {}, null],
    ['product', {}, 'photo'],
    ['kind', {}, 'product'],
    ['wishes', {}, 'kind'],
    ['prompt', {}, 'kind'],
    ['count', { kind: 'ad' }, 'wishes'],
    ['count', { kind: 'own' }, 'prompt'],
    ['summary', {}, 'count'],
  ] as const)('goes back from %s %o', (step, more, expected) => {
    expect(stepBack(draftAt(step, more), 'second')?.step ?? null).toBe(expected);
  });

  it('is another draft after the way back from its summary, whose button would order what it does not show', () => {
    expect(stepBack(draftAt('summary'), 'second')?.id).toBe('second');
    expect(stepBack(draftAt('count'), 'second')?.id).toBe('first');
  });

  it('begins at the template with the product of a job', () => {
    const draft = draftOf({ photoKey: 'photo.jpg', productText: 'A red mug' }, 'first');
    expect(draft).toMatchObject({ step: 'kind', photoKey: 'photo.jpg', productText: 'A red mug', count: null });
  });

  it('can be left from every step by going back', () => {
    for (const step of Object.keys(STEPS) as Step[]) {
      let draft: Draft | null = draftAt(step);
      for (let left = Object.keys(STEPS).length; draft && left > 0; left -= 1) draft = stepBack(draft, 'next');
      expect([step, draft]).toEqual([step, null]);
    }
  });

  it('takes no text where a button is to be pressed', () => {
    expect(() => withText(draftAt('kind'), 'an ad')).toThrow('takes no text');
  });
});
