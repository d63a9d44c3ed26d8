import { linkFacts } from './link-facts.js';

const OK = { behaviour: 'ok' };

describe('linkFacts', () => {
  it.each([
    ['https://www.youtube.com/watch?v=jNQXAC9IVRw', 'youtube', 'jNQXAC9IVRw'],
    ['https://youtu.be/jNQXAC9IVRw', 'youtube', 'jNQXAC9IVRw'],
    ['https://www.youtube.com/shorts/jNQXAC9IVRw', 'youtube', 'jNQXAC9IVRw'],
    ['https://www.tiktok.com/@a/video/6718335390845095173', 'tiktok', '6718335390845095173'],
    ['https://www.instagram.com/p/fA9uwTtkSN/', 'instagram', 'fA9uwTtkSN'],
    ['https://ru.pinterest.com/pin/99360735500167749/', 'pinterest', '99360735500167749'],
    ['https://pin.it/abc', 'pinterest', 'abc'],
  ])('tells %s', (url, platform, id) => {
    expect(linkFacts(url, OK)).toMatchObject({ platform, id, sample: 'ok.mp4', durationSec: 8 });
  });

  it.each(['https://notyoutube.com/watch?v=jNQXAC9IVRw', 'https://pinterest.evil/pin/1?x', 'no link', ''])(
    'knows nothing of %j',
    (url) => {
      expect(linkFacts(url.replace('pinterest.evil', 'pinterest-evil.com'), OK)).toBeNull();
    },
  );

  it('takes the sample and the length from the link, and the script before it', () => {
    const url = 'https://youtu.be/jNQXAC9IVRw?sample=vertical.mp4';
    expect(linkFacts(url, OK)).toMatchObject({ sample: 'vertical.mp4', durationSec: 4 });
    expect(linkFacts(`${url}&duration=7200`, OK)).toMatchObject({ durationSec: 7200 });
    expect(linkFacts(url, { behaviour: 'ok', sample: 'slow.mp4?rate=1000' })).toMatchObject({
      sample: 'slow.mp4?rate=1000',
      durationSec: 8,
    });
    expect(linkFacts(`${url}&duration=7200`, { behaviour: 'ok', durationSec: 60 })).toMatchObject({ durationSec: 60 });
  });

  it.each(['//evil.example/x.mp4', 'http://evil.example/x.mp4', '../x.mp4', 'no-dot'])(
    'lets no link lead away from the media site: %s',
    (sample) => {
      const url = `https://youtu.be/jNQXAC9IVRw?sample=${encodeURIComponent(sample)}`;
      expect(linkFacts(url, OK)?.sample).toBe('ok.mp4');
    },
  );
});
