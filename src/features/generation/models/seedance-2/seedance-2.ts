import type { VideoModel } from '../model.js';

/** https://docs.kie.ai, market, `bytedance/seedance-2`: the photo is the first frame. */
export const seedance2: VideoModel = {
  slug: 'bytedance/seedance-2',
  title: 'Seedance 2',
  takesPhoto: true,
  priceCredits: 1,
  maxPromptChars: 20_000,
  durationSec: 5,
  aspect: '9:16',
  input: ({ prompt, photoUrl }) => ({
    prompt,
    first_frame_url: photoUrl,
    resolution: '720p',
    aspect_ratio: '9:16',
    duration: 5,
    generate_audio: true,
  }),
};
