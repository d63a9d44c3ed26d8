import { startTestSandbox, type TestSandbox } from '../../testing/test-sandbox.js';

const TIKTOK = 'https://www.tiktok.com/@scout2015/video/6718335390845095173';
const PIN = 'https://www.pinterest.com/pin/99360735500167749/';

interface Reply {
  error?: boolean;
  message?: string;
  source?: string;
  medias?: { url: string; type: string; extension: string; quality: string }[];
}

describe('the stand-in of Social Download All In One', () => {
  let test: TestSandbox;

  beforeAll(async () => {
    test = await startTestSandbox();
  });
  beforeEach(() => test.control.post('/reset'));
  afterAll(() => test.stop());

  const autolink = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${test.sandbox.apis.rapidapi ?? ''}/v1/social/autolink`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ url }),
    });

  const reply = async (url: string): Promise<Reply> => (await (await autolink(url)).json()) as Reply;

  it('resolves a link to media on the media site', async () => {
    const { medias = [], ...about } = await reply(TIKTOK);
    expect(about).toMatchObject({
      source: 'tiktok',
      title: 'Sample of tiktok 6718335390845095173',
      duration: 8,
      error: false,
    });
    expect(medias.map(({ type, quality, extension }) => `${type} ${quality} ${extension}`)).toEqual([
      'video watermark mp4',
      'video hd_no_watermark mp4',
      'video no_watermark mp4',
      'audio audio mp3',
    ]);
    const [video] = medias;
    expect(new URL(video?.url ?? '').host).toBe(test.sandbox.mediaHost);
    expect((await fetch(video?.url ?? '', { method: 'HEAD' })).headers.get('content-type')).toBe('video/mp4');
  });

  it('takes the link in the query of a GET, too', async () => {
    const url = `${test.sandbox.apis.rapidapi ?? ''}/v1/social/autolink?url=${encodeURIComponent(PIN)}`;
    expect(await (await fetch(url)).json()).toMatchObject({ source: 'pinterest', error: false });
  });

  it('has posts with several files, with photos, with nothing', async () => {
    const types = async (behaviour: string): Promise<string[] | undefined> => {
      await test.control.scriptApi({ api: 'rapidapi', behaviour, times: 1 });
      return (await reply(PIN)).medias?.map(({ type, url }) => `${type} ${new URL(url).pathname}`);
    };
    expect(await types('album')).toEqual(['image /photo.jpg', 'image /photo-tall.jpg', 'video /ok.mp4']);
    expect(await types('photo')).toEqual(['image /photo.jpg']);
    expect(await types('empty')).toEqual([]);
  });

  it('may name a host first that is better left alone', async () => {
    await test.control.scriptApi({ api: 'rapidapi', behaviour: 'googlevideo', times: 1 });
    const [first, second] = (await reply('https://youtu.be/jNQXAC9IVRw')).medias ?? [];
    expect(new URL(first?.url ?? '').hostname).toMatch(/\.googlevideo\.com$/);
    expect(new URL(second?.url ?? '').host).toBe(test.sandbox.mediaHost);
  });

  it('serves another sample when it is told to', async () => {
    await test.control.scriptApi({ api: 'rapidapi', behaviour: 'ok', sample: 'vertical.mp4', times: 1 });
    expect(await reply(PIN)).toMatchObject({
      duration: 4,
      medias: [{ url: expect.stringContaining('/vertical.mp4?') as string }, {}, {}],
    });
  });

  it('tells in headers what is left, request by request', async () => {
    const left = async (): Promise<string | null> =>
      (await autolink(PIN)).headers.get('x-ratelimit-requests-remaining');
    expect([await left(), await left()]).toEqual(['9999', '9998']);
    await test.control.setApiQuota('rapidapi', { remaining: 0 });
    expect((await autolink(PIN)).status).toBe(429);
  });

  it('refuses an invalid key, as the gateway does', async () => {
    const response = await autolink(PIN, { 'x-rapidapi-key': 'invalid' });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ message: expect.stringContaining('Invalid API key') as string });
  });

  it.each([
    ['refused', 200, 'Something went wrong'],
    ['private', 200, 'private'],
    ['age', 200, 'age restricted'],
    ['live', 200, 'Live'],
    ['tooLong', 200, 'too long'],
    ['unavailable', 200, 'removed'],
    ['notSubscribed', 403, 'not subscribed'],
    ['badGateway', 502, '502'],
    ['down', 503, 'Unavailable'],
  ])('is %s', async (behaviour, status, text) => {
    await test.control.scriptApi({ api: 'rapidapi', behaviour, times: 1 });
    const response = await autolink(PIN);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(text);
  });

  it('knows only its platforms and its one endpoint', async () => {
    expect(await reply('https://example.com/x')).toEqual({ error: true, message: 'Unsupported URL' });
    const elsewhere = await fetch(`${test.sandbox.apis.rapidapi ?? ''}/v2/x`);
    expect([elsewhere.status, await elsewhere.json()]).toEqual([404, { message: "Endpoint '/v2/x' does not exist" }]);
  });
});
