import type { Fix, FixOptions, FixPlan } from './fix-plan.js';
import { planFix } from './plan-fix.js';
import type { Ratio } from './ratio.js';
import { factsOf } from './testing/facts.js';

type Given = Parameters<typeof factsOf>[0];

const WIDE: Ratio = { num: 16, den: 9 };
const BOX = { width: 360, height: 360 };
const ANAMORPHIC = { video: { ...BOX, sar: WIDE } };
const MISLABELLED = { video: { ...BOX, sar: WIDE, bitstreamSar: { num: 1, den: 1 } } };
const MATROSKA = { formatName: 'matroska,webm', majorBrand: null, indexInFront: null };

const argument = ({ args }: FixPlan, name: string): string | undefined =>
  args.includes(name) ? args[args.indexOf(name) + 1] : undefined;

describe('planFix: which fix', () => {
  it.each<[string, Given, FixOptions, Fix]>([
    ['plays already', {}, {}, 'keep'],
    ['plays, without sound', { audio: null }, {}, 'keep'],
    ['plays, full range', { video: { pixFmt: 'yuvj420p' } }, {}, 'keep'],
    ['plays, turned by the player', { video: { rotation: 90 } }, {}, 'keep'],
    ['index last', { indexInFront: false }, {}, 'faststart'],
    ['H.264 in Matroska', MATROSKA, {}, 'remux'],
    ['H.264 in QuickTime', { majorBrand: 'qt  ' }, {}, 'remux'],
    ['mislabelled pixels', MISLABELLED, {}, 'remux'],
    ['anamorphic, but known to be wrong', ANAMORPHIC, { squarePixels: true }, 'remux'],
    ['Opus', { audio: { codec: 'opus' } }, {}, 'audio'],
    ['AC-3 in Matroska', { ...MATROSKA, audio: { codec: 'ac3' } }, {}, 'audio'],
    ['Opus and mislabelled pixels', { ...MISLABELLED, audio: { codec: 'opus' } }, {}, 'audio'],
    ['really anamorphic', ANAMORPHIC, {}, 'scale'],
    ['really anamorphic, no time', ANAMORPHIC, { mayEncode: false }, 'keep'],
    [
      'really anamorphic, index last, no time',
      { ...ANAMORPHIC, indexInFront: false },
      { mayEncode: false },
      'faststart',
    ],
    ['HEVC', { video: { codec: 'hevc' } }, {}, 'transcode'],
    ['VP9', { video: { codec: 'vp9' } }, {}, 'transcode'],
    ['AV1', { video: { codec: 'av1' } }, {}, 'transcode'],
    ['10 bit', { video: { pixFmt: 'yuv420p10le' } }, {}, 'transcode'],
    ['4:4:4', { video: { pixFmt: 'yuv444p' } }, {}, 'transcode'],
    ['HDR', { video: { colorTransfer: 'arib-std-b67' } }, {}, 'transcode'],
    ['odd size', { video: { width: 1279 } }, {}, 'transcode'],
    ['HEVC, no time', { video: { codec: 'hevc' } }, { mayEncode: false }, 'remux'],
    ['VP9, no time', { video: { codec: 'vp9' } }, { mayEncode: false }, 'document'],
    ['AV1, no time', { video: { codec: 'av1' } }, { mayEncode: false }, 'document'],
    ['10 bit, no time', { video: { pixFmt: 'yuv420p10le' } }, { mayEncode: false }, 'document'],
  ])('%s', (_name, given, options, fix) => {
    const plan = planFix(factsOf(given), options);
    expect(plan.fix).toBe(fix);
    expect(plan.args.length === 0).toBe(fix === 'keep' || fix === 'document');
    expect(plan.encodesVideo).toBe(fix === 'scale' || fix === 'transcode');
  });

  it('makes a document of what has no picture', () => {
    expect(planFix({ ...factsOf(), video: null })).toMatchObject({ fix: 'document', sendWidth: 0, sendHeight: 0 });
  });
});

describe('planFix: copies', () => {
  it.each<[string, Given]>([
    ['faststart', { indexInFront: false }],
    ['remux', MATROSKA],
    ['remux of the label', MISLABELLED],
  ])('%s copies both streams and puts the index in front', (_name, given) => {
    const plan = planFix(factsOf(given));
    expect(argument(plan, '-c:v')).toBe('copy');
    expect(argument(plan, '-c:a')).toBe('copy');
    expect(argument(plan, '-movflags')).toBe('+faststart');
    expect(plan.args).not.toContain('-vf');
  });

  it('writes the pixel shape into container and bitstream', () => {
    const plan = planFix(factsOf(MISLABELLED));
    expect(argument(plan, '-aspect')).toBe('360:360');
    expect(argument(plan, '-bsf:v')).toBe('h264_metadata=sample_aspect_ratio=1/1');
    expect(plan).toMatchObject({ sendWidth: 360, sendHeight: 360, expected: { squarePixels: true } });
  });

  it('leaves the pixel shape alone where it is right', () => {
    expect(planFix(factsOf({ indexInFront: false })).args).not.toContain('-aspect');
    const kept = planFix(factsOf({ ...ANAMORPHIC, indexInFront: false }), { mayEncode: false });
    expect(kept.args).not.toContain('-aspect');
    expect(kept).toMatchObject({ sendWidth: 640, sendHeight: 360, expected: { squarePixels: false } });
  });

  it('encodes the sound alone', () => {
    const plan = planFix(factsOf({ audio: { codec: 'opus' } }));
    expect([argument(plan, '-c:v'), argument(plan, '-c:a'), argument(plan, '-b:a')]).toEqual(['copy', 'aac', '128000']);
  });

  it('takes the picture and the first sound, wherever they are, and nothing else', () => {
    const { args } = planFix(factsOf({ ...MATROSKA, video: { index: 3 }, audio: { index: 5 } }));
    expect(args.filter((_arg, at) => args[at - 1] === '-map')).toEqual(['0:3', '0:5']);
  });

  it('sends HEVC that cannot be encoded in time under the tag Apple knows, with a word', () => {
    const plan = planFix(factsOf({ video: { codec: 'hevc', ...MISLABELLED.video } }), { mayEncode: false });
    expect(argument(plan, '-c:v')).toBe('copy');
    expect(argument(plan, '-tag:v')).toBe('hvc1');
    expect(argument(plan, '-bsf:v')).toBe('hevc_metadata=sample_aspect_ratio=1/1');
    expect(plan).toMatchObject({ mayNotPlayEverywhere: true, expected: { videoCodec: 'hevc' } });
  });
});

describe('planFix: encodings', () => {
  it('scales anamorphic pictures to even square pixels', () => {
    const plan = planFix(factsOf(ANAMORPHIC));
    expect(argument(plan, '-vf')).toBe('scale=640:360,setsar=1,format=yuv420p');
    expect(argument(plan, '-c:v')).toBe('libx264');
    expect(argument(plan, '-c:a')).toBe('copy');
    expect(plan).toMatchObject({
      sendWidth: 640,
      sendHeight: 360,
      expected: { videoCodec: 'h264', squarePixels: true },
    });
  });

  it.each<[string, Given, number, number]>([
    ['odd', { video: { width: 641, height: 361, pixFmt: 'yuv444p' } }, 642, 362],
    ['turned', { video: { codec: 'hevc', rotation: 90 } }, 720, 1280],
    ['mislabelled', { video: { codec: 'vp9', ...BOX, sar: { num: 3, den: 2 } } }, 360, 360],
    ['4K', { video: { codec: 'vp9', width: 3840, height: 2160 } }, 1920, 1080],
    ['upright 4K', { video: { codec: 'vp9', width: 2160, height: 3840 } }, 1080, 1920],
    ['a large square', { video: { codec: 'vp9', width: 2000, height: 2000 } }, 1080, 1080],
  ])('%s: the size that is sent is the size that is encoded', (_name, given, sendWidth, sendHeight) => {
    const plan = planFix(factsOf(given), { encodeMegapixelsPerSec: 1e6 });
    expect(plan).toMatchObject({ fix: 'transcode', sendWidth, sendHeight });
    expect(argument(plan, '-vf')).toBe(`scale=${sendWidth}:${sendHeight},setsar=1,format=yuv420p`);
  });

  it('maps HDR to SDR only where ffmpeg can', () => {
    const hdr = factsOf({ video: { codec: 'hevc', pixFmt: 'yuv420p10le', colorTransfer: 'smpte2084' } });
    expect(argument(planFix(hdr, { canTonemap: true }), '-vf')).toMatch(
      /^scale=1280:720,zscale=tin=smpte2084:.*,tonemap=.*,setsar=1,/,
    );
    expect(argument(planFix(hdr), '-vf')).not.toContain('zscale');
    expect(argument(planFix(factsOf({ video: { codec: 'hevc' } }), { canTonemap: true }), '-vf')).not.toContain(
      'zscale',
    );
  });

  it('claims level 4.1 only for what it allows', () => {
    const at = (fps: number): string | undefined =>
      argument(
        planFix(factsOf({ video: { codec: 'vp9', width: 1920, height: 1080, fps } }), { encodeMegapixelsPerSec: 1e6 }),
        '-level',
      );
    expect([at(30), at(60)]).toEqual(['4.1', undefined]);
  });

  it('limits the rate to what the size allows', () => {
    const plan = planFix(factsOf({ video: { codec: 'vp9' } }), { maxBytes: 50_000_000 });
    const maxrate = Number(argument(plan, '-maxrate'));
    expect(((maxrate + 128_000) * 60) / 8).toBeLessThanOrEqual(50_000_000 * 0.93);
    expect(maxrate).toBeGreaterThan(6_000_000);
    expect(planFix(factsOf({ video: { codec: 'vp9' } })).args).not.toContain('-maxrate');
  });
});

describe('planFix: time', () => {
  const vp9 = (durationSec: number | null) => factsOf({ video: { codec: 'vp9' }, durationSec });

  it('allows a minute, or half as long again as the video', () => {
    expect([10, 40, 100, null].map((seconds) => planFix(vp9(seconds)).timeLimitSec)).toEqual([60, 60, 150, 60]);
  });

  it('estimates by the pixels, and gives up beyond the limit', () => {
    const megapixels = (1280 * 720 * 30 * 100) / 1e6;
    const quick = planFix(vp9(100), { encodeMegapixelsPerSec: megapixels / 149 });
    expect(quick.fix).toBe('transcode');
    expect(quick.estimatedSec).toBeCloseTo(149);
    expect(planFix(vp9(100), { encodeMegapixelsPerSec: megapixels / 151 }).fix).toBe('document');
  });

  it('counts the pixels that have to be decoded', () => {
    const large = factsOf({ video: { codec: 'vp9', width: 3840, height: 2160 } });
    expect(planFix(large, { encodeMegapixelsPerSec: 1000 }).estimatedSec).toBeCloseTo((3840 * 2160 * 30 * 60) / 1e9);
  });

  it('tries where the duration is not known', () => {
    expect(planFix(vp9(null), { encodeMegapixelsPerSec: 0.001 })).toMatchObject({
      fix: 'transcode',
      estimatedSec: null,
    });
  });
  it('asks for no rate that the encoder refuses, however much room a short video has', () => {
    const plan = planFix(factsOf({ durationSec: 3, video: { codec: 'vp9' } }), { maxBytes: 2_000 * 1_048_576 });
    expect(Number(argument(plan, '-bufsize'))).toBeLessThan(2 ** 31);
  });
});
