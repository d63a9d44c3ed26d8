import { cp, readdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProgramRequest, ProgramResult } from '../programs/program.js';
import { ProgramRunner } from '../programs/program-runner.js';
import type { Fix, FixOptions } from './fix-plan.js';
import { Media } from './media.js';
import { findMediaPrograms } from './media-programs.js';
import { planFix } from './plan-fix.js';
import { planSound } from './plan-sound.js';
import { type SampleName, Samples } from './testing/samples.js';

const SEARCH_PATH = process.env['PATH'] ?? '';
const SQUARE = { num: 1, den: 1 };

/** Runs programs, and remembers with which arguments. */
class RecordingRunner extends ProgramRunner {
  readonly requests: ProgramRequest[] = [];

  override run(request: ProgramRequest): Promise<ProgramResult> {
    this.requests.push(request);
    return super.run(request);
  }
}

let samples: Samples;
let runner: RecordingRunner;
let media: Media;
/** Slots that were taken and given back, in their order. */
let slots: string[];

beforeAll(async () => {
  samples = await Samples.make();
});

afterAll(async () => {
  await samples.remove();
});

beforeEach(() => {
  runner = new RecordingRunner({ searchPath: SEARCH_PATH });
  slots = [];
  media = new Media({
    runner,
    programs: findMediaPrograms({ searchPath: SEARCH_PATH }),
    slots: {
      hold: (key) => {
        slots.push(`${key} taken`);
        return Promise.resolve(() => Promise.resolve(void slots.push(`${key} given back`)));
      },
    },
    temporaryFolder: samples.folder,
  });
});

async function fixed(name: SampleName, options: FixOptions = {}) {
  const source = await media.probe(samples.path(name));
  const plan = await media.planFix(source, options);
  runner.requests.length = 0;
  const output = join(samples.folder, `fixed-${name}.mp4`);
  const result = plan.args.length === 0 ? source : await media.applyFix(plan, samples.path(name), output);
  const ffmpeg = runner.requests.find(({ args }) => args.includes(output))?.args ?? [];
  return { source, plan, result, output, ffmpeg };
}

describe('every kind of video arrives so that it plays everywhere', () => {
  it.each<[SampleName, Fix, 'copy' | 'encode' | 'nothing', number, number, FixOptions?]>([
    ['plain', 'keep', 'nothing', 320, 180],
    ['silent', 'keep', 'nothing', 320, 180],
    ['rotated', 'keep', 'nothing', 180, 320],
    ['indexLast', 'faststart', 'copy', 320, 180],
    ['anamorphicInContainer', 'remux', 'copy', 360, 360],
    ['anamorphicInBitstream', 'remux', 'copy', 360, 360],
    ['anamorphic', 'remux', 'copy', 360, 360, { squarePixels: true }],
    ['anamorphic', 'scale', 'encode', 640, 360],
    ['matroska', 'remux', 'copy', 320, 180],
    ['quicktime', 'remux', 'copy', 320, 180],
    ['opusInMp4', 'audio', 'copy', 320, 180],
    ['opusInMatroska', 'audio', 'copy', 320, 180],
    ['withCover', 'keep', 'nothing', 320, 180],
    ['hevc', 'transcode', 'encode', 320, 180],
    ['hdr', 'transcode', 'encode', 320, 180],
    ['tenBit', 'transcode', 'encode', 320, 180],
    ['odd', 'transcode', 'encode', 322, 182],
    ['vp9', 'transcode', 'encode', 320, 180],
    ['vp9Odd', 'transcode', 'encode', 322, 182],
    ['av1', 'transcode', 'encode', 320, 180],
  ])('%s: %s, %s (point 13)', async (name, fix, how, width, height, options) => {
    const { source, plan, result, ffmpeg } = await fixed(name, options);

    expect(plan).toMatchObject({ fix, sendWidth: width, sendHeight: height });
    expect(ffmpeg[ffmpeg.indexOf('-c:v') + 1]).toBe({ copy: 'copy', encode: 'libx264', nothing: undefined }[how]);
    expect(ffmpeg.includes('-vf')).toBe(how === 'encode');
    if (source.audio?.codec === 'aac' && how !== 'nothing') expect(ffmpeg[ffmpeg.indexOf('-c:a') + 1]).toBe('copy');

    const { video, audio } = result;
    expect(video).toMatchObject({ codec: 'h264', pixFmt: 'yuv420p', displayWidth: width, displayHeight: height });
    expect([video?.sar, video?.bitstreamSar]).toEqual([SQUARE, SQUARE]);
    expect([video!.width % 2, video!.height % 2]).toEqual([0, 0]);
    expect(audio?.codec).toBe(name === 'silent' ? undefined : 'aac');
    expect(result).toMatchObject({ indexInFront: true, majorBrand: 'isom' });
    expect(Math.abs(result.durationSec! - 2)).toBeLessThan(0.2);
  });

  it('keeps the turn of the picture when streams are copied', async () => {
    const source = await media.probe(samples.path('rotated'));
    const plan = planFix({ ...source, indexInFront: false });
    const result = await media.applyFix(plan, samples.path('rotated'), join(samples.folder, 'turned.mp4'));
    expect(plan.fix).toBe('faststart');
    expect(result.video).toMatchObject({ rotation: source.video?.rotation, displayWidth: 180, displayHeight: 320 });
  });

  it('turns the picture itself when it is encoded', async () => {
    const source = await media.probe(samples.path('rotated'));
    const plan = planFix({ ...source, video: { ...source.video!, pixFmt: 'yuv444p' } });
    const result = await media.applyFix(plan, samples.path('rotated'), join(samples.folder, 'turned-itself.mp4'));
    expect(result.video).toMatchObject({ rotation: 0, width: 180, height: 320 });
  });
});

describe('where there is no time to encode', () => {
  it('copies HEVC under the tag Apple knows', async () => {
    const { plan, result, ffmpeg } = await fixed('hevc', { mayEncode: false });
    expect(plan).toMatchObject({ fix: 'remux', mayNotPlayEverywhere: true });
    expect(ffmpeg[ffmpeg.indexOf('-c:v') + 1]).toBe('copy');
    expect(result.video).toMatchObject({ codec: 'hevc', codecTag: 'hvc1' });
  });

  it('corrects the label of HEVC on the way', async () => {
    const { plan, result } = await fixed('hevcMislabelled', { mayEncode: false });
    expect(plan.args).toContain('hevc_metadata=sample_aspect_ratio=1/1');
    expect([result.video?.sar, result.video?.bitstreamSar]).toEqual([SQUARE, SQUARE]);
  });

  it('keeps the anamorphic and says the size that is seen', async () => {
    expect((await fixed('anamorphic', { mayEncode: false })).plan).toMatchObject({
      fix: 'keep',
      sendWidth: 640,
      sendHeight: 360,
    });
  });

  it('makes a document of the others', async () => {
    expect((await fixed('vp9', { mayEncode: false })).plan.fix).toBe('document');
  });
});

describe('sound alone', () => {
  it.each<[SampleName, 'copy' | 'aac']>([
    ['plain', 'copy'],
    ['matroska', 'copy'],
    ['opusInMp4', 'aac'],
    ['vp9', 'aac'],
    ['withCover', 'copy'],
  ])('of %s (%s)', async (name, how) => {
    const plan = planSound(await media.probe(samples.path(name)))!;
    const output = join(samples.folder, `sound-${name}`);
    const result = await media.applyFix(plan, samples.path(name), output);
    expect(plan.args[plan.args.indexOf('-c:a') + 1]).toBe(how);
    expect(result).toMatchObject({ video: null, audio: { codec: 'aac' }, majorBrand: 'M4A ', indexInFront: true });
    expect(Math.abs(result.durationSec! - 2)).toBeLessThan(0.2);
    expect(planSound(result)?.fix).toBe('keep');
  });
});

describe('probe', () => {
  it('tells what there is', async () => {
    expect(await media.probe(samples.path('plain'))).toMatchObject({
      video: { index: 0, codec: 'h264', codecTag: 'avc1', width: 320, height: 180, rotation: 0, fps: 25 },
      audio: { index: 1, codec: 'aac', channels: 1 },
      formatName: 'mov,mp4,m4a,3gp,3g2,mj2',
      title: 'A plain one',
    });
  });

  it('tells the pixel shape of the container from that of the bitstream', async () => {
    const sars = async (name: SampleName) => {
      const { video } = await media.probe(samples.path(name));
      return [video?.sar.num, video?.bitstreamSar?.num];
    };
    expect(await sars('anamorphicInContainer')).toEqual([16, 1]);
    expect(await sars('anamorphicInBitstream')).toEqual([1, 16]);
    expect(await sars('anamorphic')).toEqual([16, 16]);
  });

  it('refuses what is no media, and what is cut off before its index', async () => {
    const text = join(samples.folder, 'text.mp4');
    await writeFile(text, 'not a video at all');
    await expect(media.probe(text)).rejects.toMatchObject({ name: 'MediaError', code: 'unreadable' });
    const cut = join(samples.folder, 'cut.mp4');
    await cp(samples.path('indexLast'), cut);
    await truncate(cut, 20_000);
    await expect(media.probe(cut)).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('notices that a video is not all there, though its index promises it (point 18)', async () => {
    const cut = join(samples.folder, 'half.mp4');
    await cp(samples.path('plain'), cut);
    expect(await media.probe(cut)).toMatchObject({ isCutOff: false });
    await truncate(cut, 20_000);
    const facts = await media.probe(cut);
    expect(facts).toMatchObject({ isCutOff: true });
    expect(facts.durationSec).toBeGreaterThan(1.9);
  });

  it.each([
    ['a playlist', '#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\nplain.mp4\n#EXT-X-ENDLIST\n'],
    ['a concatenation', 'ffconcat version 1.0\nfile plain.mp4\n'],
  ])('opens no file that %s names', async (_name, content) => {
    const file = join(samples.folder, 'names-others.mp4');
    await writeFile(file, content);
    await expect(media.probe(file)).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('leaves nothing behind', async () => {
    const before = await readdir(samples.folder);
    await media.probe(samples.path('hevc'));
    expect(await readdir(samples.folder)).toEqual(before);
  });
});

describe('applyFix', () => {
  it('tells how far it is', async () => {
    const source = await media.probe(samples.path('vp9'));
    const ratios: number[] = [];
    const output = join(samples.folder, 'progress.mp4');
    await media.applyFix(planFix(source), samples.path('vp9'), output, { onProgress: (ratio) => ratios.push(ratio) });
    expect(ratios.at(-1)).toBeGreaterThan(0.9);
    expect(ratios).toEqual([...ratios].sort((a, b) => a - b));
  });

  it('removes a result that is not what was promised', async () => {
    const source = await media.probe(samples.path('indexLast'));
    const plan = planFix({ ...source, durationSec: 60 });
    const output = join(samples.folder, 'refused.mp4');
    const applied = media.applyFix(plan, samples.path('indexLast'), output);
    await expect(applied).rejects.toMatchObject({
      code: 'verification_failed',
      message: expect.stringContaining('60') as string,
    });
    expect(await readdir(samples.folder)).not.toContain('refused.mp4');
  });

  it('notices when changing one label was not enough', async () => {
    const plan = planFix(await media.probe(samples.path('anamorphicInBitstream')));
    const withoutFilter = plan.args.filter((arg) => arg !== '-bsf:v' && !arg.startsWith('h264_metadata'));
    const output = join(samples.folder, 'half.mp4');
    await expect(
      media.applyFix({ ...plan, args: withoutFilter }, samples.path('anamorphicInBitstream'), output),
    ).rejects.toThrow('the bitstream does not say square pixels');
  });

  it('says why it ended: failure, time, abort', async () => {
    const source = await media.probe(samples.path('hevc'));
    const plan = planFix(source);
    const output = join(samples.folder, 'ended.mp4');
    const apply = (changes: object, options: object) =>
      media.applyFix({ ...plan, ...changes }, samples.path('hevc'), output, options);
    await expect(apply({ args: ['-c:v', 'no-such-encoder'] }, {})).rejects.toMatchObject({ code: 'ffmpeg_failed' });
    await expect(apply({}, { timeoutMs: 1 })).rejects.toMatchObject({ code: 'timed_out' });
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    await expect(apply({}, { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
    await expect(apply({}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(await readdir(samples.folder)).not.toContain('ended.mp4');
    expect(slots).toEqual(Array.from({ length: 3 }, () => ['ffmpeg taken', 'ffmpeg given back']).flat());
  });

  it('takes a slot to encode, and none to copy', async () => {
    const slotsOf = async (name: SampleName) => {
      slots.length = 0;
      await fixed(name);
      return slots;
    };
    expect(await slotsOf('matroska')).toEqual([]);
    expect(await slotsOf('odd')).toEqual(['ffmpeg taken', 'ffmpeg given back']);
  });
});

describe('thumbnail', () => {
  it.each<[SampleName, number, number, number, number]>([
    ['plain', 1280, 720, 320, 180],
    ['rotated', 180, 320, 180, 320],
    ['anamorphic', 640, 360, 320, 180],
    ['withCover', 320, 180, 320, 180],
  ])('of %s has the shape of what is sent', async (name, displayWidth, displayHeight, width, height) => {
    const picture = await media.thumbnail(samples.path(name), { atSec: 1, displayWidth, displayHeight });
    expect(picture).toMatchObject({ width, height });
    expect(picture.bytes.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(picture.bytes.length).toBeLessThanOrEqual(200_000);
    expect(jpegSize(picture.bytes)).toEqual([width, height]);
  });

  it('takes the first picture when the moment is past the end', async () => {
    const picture = await media.thumbnail(samples.path('plain'), { atSec: 99, displayWidth: 320, displayHeight: 180 });
    expect(picture.bytes.length).toBeGreaterThan(1000);
  });
});

describe('findMediaPrograms', () => {
  it('takes ffprobe from beside ffmpeg, and the npm package only without one', async () => {
    const { ffmpeg, ffprobe } = findMediaPrograms({ searchPath: SEARCH_PATH });
    expect(dirname(ffprobe)).toBe(dirname(ffmpeg));

    const lonely = join(samples.folder, 'ffmpeg');
    await symlink(ffmpeg, lonely);
    expect(findMediaPrograms({ searchPath: samples.folder }).ffprobe).toContain('ffprobe-static');
    expect(findMediaPrograms({ searchPath: samples.folder, ffprobePath: ffprobe }).ffprobe).toBe(ffprobe);
    expect(findMediaPrograms({ searchPath: '', ffmpegPath: ffmpeg }).ffmpeg).toBe(ffmpeg);
    expect(() => findMediaPrograms({ searchPath: '' })).toThrow('program ffmpeg is not there');
  });
});

/** [width, height] from the frame header of a baseline JPEG. */
function jpegSize(bytes: Buffer): [number, number] {
  const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  return [bytes.readUInt16BE(frame + 7), bytes.readUInt16BE(frame + 5)];
}
