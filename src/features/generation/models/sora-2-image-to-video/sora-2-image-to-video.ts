import type { VideoModel } from '../model.js';

/** The contract of `sora-2-image-to-video` as KIE had it until it paused the model in 2026. */
export const sora2ImageToVideo: VideoModel = {
  slug: 'sora-2-image-to-video',
  title: 'Sora 2',
  takesPhoto: true,
  priceCredits: 1,
  maxPromptChars: 10_000,
  durationSec: 10,
  aspect: '9:16',
  input: ({ prompt, photoUrl }) => ({
    prompt,
    image_urls: [photoUrl],
    aspect_ratio: 'portrait',
    // Seconds, in spite of its name, and a text.
    n_frames: '10',
    remove_watermark: true,
  }),
};
