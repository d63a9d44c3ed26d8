import type { MediaFacts } from './media-facts.js';
import { planSound } from './plan-sound.js';
import { factsOf } from './testing/facts.js';

const soundOnly = (changes: Partial<Omit<MediaFacts, 'video' | 'audio'>> = {}, codec = 'aac'): MediaFacts => ({
  ...factsOf(changes),
  video: null,
  audio: { index: 0, codec, channels: 2 },
});
const webm = { formatName: 'matroska,webm', majorBrand: null, indexInFront: null };

describe('planSound', () => {
  it.each([
    ['an M4A', soundOnly({ majorBrand: 'M4A ' }), 'keep', undefined],
    ['an MP3', soundOnly({ formatName: 'mp3', majorBrand: null, indexInFront: null }, 'mp3'), 'keep', undefined],
    ['an M4A with its index last', soundOnly({ indexInFront: false }), 'faststart', 'copy'],
    ['an M4A in the pieces of a stream', soundOnly({ majorBrand: 'dash' }), 'sound', 'copy'],
    ['Opus in WebM', soundOnly(webm, 'opus'), 'sound', 'aac'],
    ['Vorbis in Ogg', soundOnly({ ...webm, formatName: 'ogg' }, 'vorbis'), 'sound', 'aac'],
    ['AAC without a container', soundOnly({ ...webm, formatName: 'aac' }), 'sound', 'copy'],
    ['lossless sound in an M4A', soundOnly({}, 'alac'), 'sound', 'aac'],
    ['a video with AAC', factsOf(), 'sound', 'copy'],
    ['a video with Opus', factsOf({ audio: { codec: 'opus' } }), 'sound', 'aac'],
    ['a video with MP3', factsOf({ audio: { codec: 'mp3' }, formatName: 'mp3' }), 'sound', 'aac'],
  ] as const)('%s', (_what, facts, fix, how) => {
    const plan = planSound(facts);
    expect(plan).toMatchObject({ fix, expected: { audio: true, videoCodec: null, durationSec: 60 } });
    expect(plan?.args[plan.args.indexOf('-c:a') + 1]).toBe(how);
    expect(plan?.args.includes('+faststart')).toBe(fix !== 'keep');
  });

  it('takes the sound alone', () => {
    expect(planSound(factsOf({ audio: { index: 3 } }))?.args.slice(0, 2)).toEqual(['-map', '0:3']);
  });

  it('gives what is long more time', () => {
    expect(planSound(factsOf({ durationSec: 10 }))?.timeLimitSec).toBe(60);
    expect(planSound(factsOf({ durationSec: 3_600 }))?.timeLimitSec).toBe(1_800);
  });

  it('has no plan for silence', () => {
    expect(planSound(factsOf({ audio: null }))).toBeNull();
  });
});
