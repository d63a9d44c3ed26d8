import { fileOf, type Asked } from './support/person.js';
import { play, sentFile } from './support/video-file.js';
import { useWorld } from './support/world.js';

interface Expected {
  name: string;
  fix: 'keep' | 'faststart' | 'remux' | 'audio' | 'scale' | 'transcode';
  /** As a viewer sees it. */
  width: number;
  height: number;
  seconds: number;
  sound?: false;
}

/** The ways in which videos differ that players trip over. Only `scale` and `transcode` encode the picture. */
const SAMPLES: Expected[] = [
  { name: 'sar-container.mp4', fix: 'remux', width: 640, height: 360, seconds: 3 },
  { name: 'sar-bitstream.mp4', fix: 'remux', width: 640, height: 360, seconds: 3 },
  { name: 'anamorphic.mp4', fix: 'scale', width: 640, height: 360, seconds: 3 },
  { name: 'rotated.mp4', fix: 'keep', width: 360, height: 640, seconds: 3 },
  { name: 'vertical.mp4', fix: 'keep', width: 360, height: 640, seconds: 4 },
  { name: 'hevc.mp4', fix: 'transcode', width: 640, height: 360, seconds: 3 },
  { name: 'vp9.webm', fix: 'transcode', width: 640, height: 360, seconds: 2 },
  { name: 'av1.mp4', fix: 'transcode', width: 320, height: 180, seconds: 2 },
  { name: 'tenbit.mp4', fix: 'transcode', width: 640, height: 360, seconds: 3 },
  { name: 'oddsize.mp4', fix: 'transcode', width: 641, height: 361, seconds: 3 },
  { name: 'moovlast.mp4', fix: 'faststart', width: 640, height: 360, seconds: 3 },
  { name: 'noaudio.mp4', fix: 'keep', width: 640, height: 360, seconds: 3, sound: false },
  { name: 'opus.mp4', fix: 'audio', width: 640, height: 360, seconds: 3 },
];

describe('a video of whatever kind', () => {
  const world = useWorld((created) => created.startNexus());
  const asked = new Map<string, Asked>();

  beforeAll(async () => {
    for (const { name } of SAMPLES) {
      asked.set(name, await (await world().person()).say(world().link(`/${name}`)));
    }
  });

  it.each(SAMPLES)('arrives so that it plays everywhere: $name, by $fix (point 13)', async (expected) => {
    const { name, fix, width, height, seconds, sound = true } = expected;
    const message = await asked.get(name)?.delivered();
    const sent = message && fileOf(message);

    expect(Math.abs((sent?.width ?? 0) - width)).toBeLessThanOrEqual(2);
    expect(Math.abs((sent?.height ?? 0) - height)).toBeLessThanOrEqual(2);
    expect(Math.abs((sent?.duration ?? 0) - seconds)).toBeLessThanOrEqual(1);
    const { width: across = 0, height: down = 1 } = sent?.thumbnail ?? {};
    expect(across / down).toBeCloseTo(width / height, 1);

    const file = await sentFile(world(), sent?.file_unique_id ?? '');
    expect(file).toMatchObject({ video: 'h264', pixels: 'yuv420p', isIndexInFront: true });
    expect(file.audio).toBe(sound ? 'aac' : undefined);
    expect(file.format).toContain('mp4');
    expect(Math.abs(file.width - width)).toBeLessThanOrEqual(2);
    expect(Math.abs(file.height - height)).toBeLessThanOrEqual(2);
    expect(Math.abs(file.durationSec - seconds)).toBeLessThanOrEqual(1);
    expect(await play(file.path)).toBe('');

    const stores = await world().stores();
    expect(await stores.requests(world().link(`/${name}`))).toMatchObject([{ state: 'delivered', fix }]);
  });
});
