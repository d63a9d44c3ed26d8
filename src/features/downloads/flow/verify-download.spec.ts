import { MediaError, type Media, type MediaFacts } from '../../../platform/media/index.js';
import { factsOf } from '../../../platform/media/testing/facts.js';
import type { DownloadedMedia } from '../providers/provider.js';
import { verifyDownload } from './verify-download.js';

const downloaded = (changes: Partial<DownloadedMedia> = {}): DownloadedMedia => ({
  path: '/0',
  title: null,
  expectedDurationSec: 60,
  bytes: 7,
  ttfbMs: null,
  ...changes,
});
const album = ['/0', '/1'].map((path) => ({ path, kind: 'video' as const, bytes: 7 }));

describe('verifyDownload', () => {
  const verify = (media: DownloadedMedia, facts: Record<string, MediaFacts>) => {
    const probe = (path: string) => {
      const found = facts[path];
      return found ? Promise.resolve(found) : Promise.reject(new MediaError('unreadable', 'nothing to read'));
    };
    return verifyDownload({ probe } as unknown as Media, media);
  };

  it.each([
    ['as long as was announced', {}, true],
    ['a second shorter', { durationSec: 59 }, true],
    ['two seconds shorter', { durationSec: 57.9 }, false],
    ['longer', { durationSec: 70 }, true],
    ['of no known length', { durationSec: null }, true],
    ['cut off, whatever its index says', { isCutOff: true }, false],
  ])('looks at a video that is %s', async (_what, facts, isGood) => {
    const verified = verify(downloaded(), { '/0': factsOf(facts) });
    if (isGood) await expect(verified).resolves.toMatchObject([{ kind: 'media', path: '/0' }]);
    else await expect(verified).rejects.toMatchObject({ code: 'STALL' });
  });

  it('gives the files of an album in their order, whatever their lengths', async () => {
    const facts = { '/0': factsOf(), '/1': factsOf({ durationSec: 5 }) };
    await expect(verify(downloaded({ album }), facts)).resolves.toMatchObject([{ path: '/0' }, { path: '/1' }]);
  });

  it('wants every video of an album whole', async () => {
    const cut = { '/0': factsOf(), '/1': factsOf({ isCutOff: true }) };
    await expect(verify(downloaded({ album }), cut)).rejects.toMatchObject({ code: 'STALL' });
    await expect(verify(downloaded({ album }), { '/0': factsOf() })).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
  });

  it('wants something to see or to hear', async () => {
    const nothing = { ...factsOf({ audio: null }), video: null };
    await expect(verify(downloaded(), { '/0': nothing })).rejects.toMatchObject({ code: 'PROVIDER_BUG' });
  });
});
