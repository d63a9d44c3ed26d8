import { readFile } from 'node:fs/promises';
import { MediaError, type MediaFacts } from '../../../platform/media/index.js';
import { factsOf } from '../../../platform/media/testing/facts.js';
import { A_VIDEO } from './result-host.js';

/** Looks at files without programs. */
export const fakeMedia = {
  async probe(path: string): Promise<MediaFacts> {
    const content = await readFile(path, 'utf8');
    if (content !== A_VIDEO) throw new MediaError('unreadable', 'Invalid data found');
    return factsOf({ video: { width: 720, height: 1280 }, durationSec: 10, sizeBytes: content.length });
  },
  version: () => Promise.resolve('fake'),
};
