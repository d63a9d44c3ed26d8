import { videoModels } from './registry.js';

const ORDER = { prompt: 'A mug turns', photoUrl: 'https://nexus.example/mug.png' };
const inputOf = (slug: string) => videoModels.find((model) => model.slug === slug)?.input(ORDER);

describe('what models are asked for', () => {
  it('bytedance/seedance-2: an upright video of 5 s that begins with the photo', () => {
    expect(inputOf('bytedance/seedance-2')).toEqual({
      prompt: 'A mug turns',
      first_frame_url: 'https://nexus.example/mug.png',
      resolution: '720p',
      aspect_ratio: '9:16',
      duration: 5,
      generate_audio: true,
    });
  });

  it('sora-2-image-to-video: an upright video of 10 s', () => {
    expect(inputOf('sora-2-image-to-video')).toEqual({
      prompt: 'A mug turns',
      image_urls: ['https://nexus.example/mug.png'],
      aspect_ratio: 'portrait',
      n_frames: '10',
      remove_watermark: true,
    });
  });

  it('each has a slug of its own', () => {
    expect(new Set(videoModels.map(({ slug }) => slug)).size).toBe(videoModels.length);
  });
});
