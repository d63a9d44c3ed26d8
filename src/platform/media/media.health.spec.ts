import { FfmpegHealth } from './media.health.js';
import type { Media } from './media.js';
import type { MediaPrograms } from './media-programs.js';

const healthOf = (versions: Partial<MediaPrograms>) =>
  new FfmpegHealth({ version: (program: keyof MediaPrograms) => Promise.resolve(versions[program]) } as Media);

describe('FfmpegHealth', () => {
  it.each<[Partial<MediaPrograms>, object]>([
    [
      { ffmpeg: '5.1.9', ffprobe: '5.1.9' },
      { status: 'ok', version: '5.1.9' },
    ],
    [
      { ffmpeg: '5.1.9' },
      { status: 'unavailable', reason: 'ffprobe cannot be run: set FFPROBE_PATH or install it', version: '5.1.9' },
    ],
    [{ ffprobe: '5.1.9' }, { status: 'unavailable', reason: 'ffmpeg cannot be run: set FFMPEG_PATH or install it' }],
    [
      {},
      {
        status: 'unavailable',
        reason:
          'ffmpeg cannot be run: set FFMPEG_PATH or install it; ffprobe cannot be run: set FFPROBE_PATH or install it',
      },
    ],
  ])('with %j is %j', async (versions, state) => {
    expect(await healthOf(versions).check()).toEqual(state);
  });
});
