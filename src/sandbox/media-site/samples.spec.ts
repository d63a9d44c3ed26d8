import { secondsOf } from './samples.js';

describe('secondsOf', () => {
  it.each([
    ['ok.mp4', 8],
    ['vertical.mp4', 4],
    ['vp9.webm', 2],
    ['noaudio.mp4', 3],
    ['sound.m4a', 8],
    ['slow.mp4', 8],
  ])('knows that %s plays for %d s', (name, seconds) => {
    expect(secondsOf(name)).toBe(seconds);
  });
});
