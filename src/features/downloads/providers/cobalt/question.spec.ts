import { NotApplicable } from '../../errors/provider-error.js';
import { questionOf } from './question.js';

const link = (canonicalUrl: string) => ({ platform: 'youtube', mediaKey: null, canonicalUrl }) as const;

describe('questionOf', () => {
  it('is made of keys that cobalt knows', () => {
    expect(questionOf(link('https://a.example/'), { quality: 'best', kind: 'video' })).toEqual({
      url: 'https://a.example/',
      videoQuality: '1080',
      downloadMode: 'auto',
      filenameStyle: 'basic',
      localProcessing: 'disabled',
    });
    expect(questionOf(link('https://a.example/'), { quality: 'best', kind: 'audio' })).toMatchObject({
      downloadMode: 'audio',
      audioFormat: 'mp3',
    });
  });

  it.each([
    ['4320', '4320'],
    ['1500', '1440'],
    ['720', '720'],
    ['100', '144'],
  ])('asks for %s as %s', (quality, videoQuality) => {
    expect(questionOf(link('https://a.example/'), { quality, kind: 'video' }).videoQuality).toBe(videoQuality);
  });

  it('is never longer than cobalt reads', () => {
    const long = link(`https://a.example/${'é'.repeat(500)}`);
    expect(() => questionOf(long, { quality: 'best', kind: 'video' })).toThrow(NotApplicable);
  });
});
