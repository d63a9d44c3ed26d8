import { startLocalSite, type LocalSite } from './support/local-site.js';
import { useWorld } from './support/world.js';

const REFUSED = /^I can't open this link\nError id: [A-Z2-9]{8}$/;

const PLAYLIST = (segment: string) => `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:2
#EXTINF:2,
${segment}
#EXT-X-ENDLIST
`;

/** Links are to strangers' machines only: ours would answer to anybody who asks through the bot. */
describe('links to private addresses', () => {
  /** What must never be asked. */
  let trap: LocalSite;
  /** A careless site, open to links like any other in the world. */
  let accomplice: LocalSite;
  const world = useWorld(async (created) => {
    trap = await startLocalSite((_request, response) => response.end('a secret'));
    accomplice = await startLocalSite((request, response) => {
      const target = `http://127.0.0.1:${trap.port}`;
      if (request.url === '/hop.ts') {
        response.writeHead(302, { location: `${target}/segment.ts` }).end();
        return;
      }
      const isPlaylist = request.url?.endsWith('.m3u8') ?? false;
      response.setHeader('content-type', isPlaylist ? 'application/vnd.apple.mpegurl' : 'text/html; charset=utf-8');
      response.end(
        isPlaylist
          ? PLAYLIST(request.url === '/hops.m3u8' ? '/hop.ts' : `${target}/segment.ts`)
          : `<!doctype html><title>A page</title><video src="${target}/video.mp4" type="video/mp4"></video>`,
      );
    });
    await created.startNexus({ DOWNLOAD_ALLOWED_PRIVATE_HOSTS: accomplice.host });
  });
  beforeEach(() => {
    trap.requests.length = 0;
  });
  afterAll(() => Promise.all([trap.close(), accomplice.close()]));

  it.each([
    ['loopback', () => `http://127.0.0.1:${trap.port}/video.mp4`],
    ['a name of loopback', () => `http://localhost:${trap.port}/video.mp4`],
    ['loopback of IPv6', () => `http://[::1]:${trap.port}/video.mp4`],
    ['an IPv4 address in IPv6', () => `http://[::ffff:127.0.0.1]:${trap.port}/video.mp4`],
    ['an IPv4 address in IPv6, in hexadecimal', () => `http://[::ffff:7f00:1]:${trap.port}/video.mp4`],
    ['an IPv4 address behind NAT64', () => `http://[64:ff9b::7f00:1]:${trap.port}/video.mp4`],
    ['an IPv4 address in 6to4', () => `http://[2002:7f00:1::]:${trap.port}/video.mp4`],
    ['loopback in hexadecimal', () => `http://0x7f000001:${trap.port}/video.mp4`],
    ['loopback as one number', () => `http://2130706433:${trap.port}/video.mp4`],
    ['loopback in octal', () => `http://0177.0.0.1:${trap.port}/video.mp4`],
    ['any address', () => `http://0.0.0.0:${trap.port}/video.mp4`],
    ['a large private network', () => 'http://10.0.0.1/video.mp4'],
    ['a private network', () => 'http://172.16.0.1/video.mp4'],
    ['a private network at home', () => 'http://192.168.0.1/video.mp4'],
    ['a private network of IPv6', () => 'http://[fd00::1]/video.mp4'],
    ['metadata of a cloud', () => 'http://169.254.169.254/latest/meta-data/'],
    ['a redirect', () => world().link(`/redir?to=${encodeURIComponent(`http://127.0.0.1:${trap.port}/video.mp4`)}`)],
    ['a redirect to a name', () => world().link(`/redir?to=${encodeURIComponent(`http://localhost:${trap.port}/`)}`)],
    ['a video on a page', () => `http://${accomplice.host}/page`],
    ['a segment of a playlist', () => `http://${accomplice.host}/list.m3u8`],
    ['a redirect of a segment of a playlist', () => `http://${accomplice.host}/hops.m3u8`],
  ])('are refused, and nobody is asked: %s (point 19)', async (_what, link) => {
    const asked = await (await world().person()).say(link());
    const status = await asked.status(/Error id/, 15_000);
    expect(trap.requests).toEqual([]);
    expect(status.text).toMatch(REFUSED);
  });

  it('would have been seen: the trap answers whoever comes', async () => {
    await fetch(`http://127.0.0.1:${trap.port}/`);
    expect(trap.requests).toContain('GET /');
  });
});
