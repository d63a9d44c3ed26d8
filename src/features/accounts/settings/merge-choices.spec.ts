import type { InvalidRequest } from '../../../platform/errors/invalid-request.js';
import type { ConfigChoices } from './config-document.js';
import { mergeChoices } from './merge-choices.js';

const problemsOf = (patch: unknown) => {
  try {
    mergeChoices({}, patch);
  } catch (error) {
    return (error as InvalidRequest).errors;
  }
  return [];
};
const fromJson = (text: string) => JSON.parse(text) as unknown;

describe('mergeChoices', () => {
  const before: ConfigChoices = {
    processing: { minSilenceSec: 5, marginAfterSec: 1 },
    metadata: { tags: ['a', 'b'] },
    platforms: { youtube: { playlistId: 'PL1' }, vk_video: { groupId: 7 } },
  };

  it.each<[string, object, ConfigChoices]>([
    ['nothing', {}, before],
    [
      'a value',
      { processing: { minSilenceSec: 3 } },
      { ...before, processing: { minSilenceSec: 3, marginAfterSec: 1 } },
    ],
    ['a list, whole', { metadata: { tags: ['c'] } }, { ...before, metadata: { tags: ['c'] } }],
    ['a new section', { upload: { autoUpload: true } }, { ...before, upload: { autoUpload: true } }],
    [
      'a field below a field',
      { platforms: { youtube: { privacy: 'public' } } },
      { ...before, platforms: { youtube: { playlistId: 'PL1', privacy: 'public' }, vk_video: { groupId: 7 } } },
    ],
    [
      'a field to its default',
      { processing: { minSilenceSec: null } },
      { ...before, processing: { marginAfterSec: 1 } },
    ],
    [
      'a platform to its defaults',
      { platforms: { vk_video: null } },
      { ...before, platforms: { youtube: { playlistId: 'PL1' } } },
    ],
  ])('changes %s', (_, patch, after) => {
    const copy = structuredClone(before);
    expect(mergeChoices(before, patch)).toEqual(after);
    expect(before).toEqual(copy);
  });

  it('takes a whole section to its defaults', () => {
    const { processing: _, ...rest } = before;
    expect(mergeChoices(before, { processing: null })).toEqual(rest);
  });

  it('names every field that is not known or no object, dotted', () => {
    expect(
      problemsOf({ processing: { minSilence: 1, deeper: {} }, platforms: { youtube: 3, rutube: {} }, upload: [] }),
    ).toEqual([
      { field: 'processing.minSilence', message: 'should not exist' },
      { field: 'processing.deeper', message: 'should not exist' },
      { field: 'platforms.youtube', message: 'must be an object' },
      { field: 'platforms.rutube', message: 'should not exist' },
      { field: 'upload', message: 'must be an object' },
    ]);
    for (const patch of [[], 'text', 3, null, undefined]) {
      expect(problemsOf(patch)).toEqual([{ field: 'body', message: 'must be an object' }]);
    }
  });

  it.each([
    ['__proto__', '{"__proto__": {"polluted": true}}'],
    ['constructor', '{"constructor": {"prototype": {"polluted": true}}}'],
    ['processing.__proto__', '{"processing": {"__proto__": {"polluted": true}}}'],
    ['platforms.youtube.constructor', '{"platforms": {"youtube": {"constructor": {"prototype": {"polluted": true}}}}}'],
    ['toString', '{"toString": null}'],
  ])('refuses %s like every other unknown field', (field, json) => {
    expect(problemsOf(fromJson(json))).toEqual([{ field, message: 'should not exist' }]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
