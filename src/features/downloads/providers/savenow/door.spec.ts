import { credentialsOf, isOwn, progressUrlOf, type SavenowName } from './door.js';

const RAPID = 'https://youtube-info-download-api.p.rapidapi.com';
const DIRECT = 'https://p.savenow.to';
const STAND_IN = 'http://127.0.0.1:9000/apis/savenow';

describe('credentialsOf', () => {
  const setup = { name: 'x', baseUrl: RAPID, apiHost: null, apiKey: 'key', options: {} };

  it('are headers at RapidAPI, with a host that may be told apart from the address', () => {
    const headers = { 'x-rapidapi-key': 'key', 'x-rapidapi-host': 'youtube-info-download-api.p.rapidapi.com' };
    expect(credentialsOf('savenow', setup, RAPID)).toEqual({ headers });
    expect(credentialsOf('savenow', { ...setup, apiHost: 'real.example' }, STAND_IN)).toEqual({
      headers: { ...headers, 'x-rapidapi-host': 'real.example' },
    });
  });

  it.each<SavenowName>(['video-download-api', 'youtube-download-api'])('are in the query of %s', (name) => {
    expect(credentialsOf(name, setup, DIRECT)).toEqual({ query: { apikey: 'key' } });
    expect(credentialsOf(name, { ...setup, apiKey: null }, DIRECT)).toEqual({});
  });
});

describe('isOwn', () => {
  it.each([
    ['https://p.savenow.to/api/progress?id=1', RAPID],
    ['https://savenow.to/api/progress?id=1', RAPID],
    ['https://n7.p.savenow.to//api//progress', STAND_IN],
    ['https://P.SAVENOW.TO/api/progress', RAPID],
    ['http://127.0.0.1:9000/api/progress?id=1', STAND_IN],
    [`${RAPID}/api/progress`, RAPID],
  ])('%s, of %s', (url, baseUrl) => {
    expect(isOwn(url, baseUrl)).toBe(true);
  });

  it.each([
    ['http://p.savenow.to/api/progress', RAPID],
    ['https://savenow.to.evil.example/api/progress', RAPID],
    ['https://evilsavenow.to/api/progress', RAPID],
    ['https://evil.example/?https://p.savenow.to/', RAPID],
    ['https://user:password@p.savenow.to/', RAPID],
    ['https://p.savenow.to@evil.example/', RAPID],
    ['https://evil.example\\@p.savenow.to/', RAPID],
    ['http://127.0.0.1:9000/api/progress', RAPID],
    ['http://127.0.0.1:9001/api/progress', STAND_IN],
    ['https://127.0.0.1:9000/api/progress', STAND_IN],
    ['http://169.254.169.254/latest/meta-data/', STAND_IN],
    ['file:///etc/passwd', STAND_IN],
    ['/api/progress', STAND_IN],
  ])('not %s, of %s', (url, baseUrl) => {
    expect(isOwn(url, baseUrl)).toBe(false);
  });
});

describe('progressUrlOf', () => {
  it.each([
    [RAPID, 'https://p.savenow.to/api/progress?id=v2%20a'],
    [DIRECT, 'https://p.savenow.to/api/progress?id=v2%20a'],
    [STAND_IN, 'http://127.0.0.1:9000/apis/savenow/api/progress?id=v2%20a'],
  ])('is made of the id where %s gives no more', (baseUrl, url) => {
    expect(progressUrlOf({ id: 'v2 a' }, baseUrl)).toBe(url);
  });

  it('is the one that was given, and refused when it is not its own', () => {
    const given = 'https://p.savenow.to/api/progress?id=1';
    expect(progressUrlOf({ id: '2', progress_url: given }, RAPID)).toBe(given);
    expect(progressUrlOf({}, RAPID)).toBeNull();
    expect(() => progressUrlOf({ id: '2', progress_url: 'http://10.0.0.1/' }, RAPID)).toThrow(
      expect.objectContaining({ code: 'PROVIDER_BUG', reportedBy: 'api' }),
    );
  });
});
