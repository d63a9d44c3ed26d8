import type { Media } from '../../../platform/media/index.js';
import { factsOf } from '../../../platform/media/testing/facts.js';
import type { DownloadedMedia } from '../providers/provider.js';
import { verifyDownload } from './verify-download.js';

const media = (facts: ReturnType<typeof factsOf>) => ({ probe: () => Promise.resolve(facts) }) as unknown as Media;
const downloaded = (changes: Partial<DownloadedMedia>): DownloadedMedia => ({
  path: '/job/video.mp4',
  title: null,
  expectedDurationSec: null,
  bytes: 1,
  ttfbMs: null,
  ...changes,
});

describe('verifyDownload', () => {
  it('takes no video whose sound was lost, and any that has none (point 18)', async () => {
    const silent = media(factsOf({ audio: null }));
    const lost = { code: 'PROVIDER_BUG', message: 'The sound was lost on the way' };
    await expect(verifyDownload(silent, downloaded({ hasSound: true }))).rejects.toMatchObject(lost);
    await expect(verifyDownload(silent, downloaded({ hasSound: false }))).resolves.toHaveLength(1);
    await expect(verifyDownload(media(factsOf()), downloaded({ hasSound: true }))).resolves.toHaveLength(1);
  });
});
