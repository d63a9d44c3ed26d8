import { request } from 'node:http';
import type { Nexus } from '../../src/nexus.js';
import { testNexus } from '../support/nexus.js';

describe('the way of the chat page to the sandbox', () => {
  let nexus: Nexus;

  beforeAll(async () => {
    nexus = await testNexus();
  });
  afterAll(() => nexus.close());

  /** fetch would tidy the path and the headers. */
  const ask = (path: string, headers: Record<string, string> = {}): Promise<number> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(nexus.url);
      request({ host: '127.0.0.1', port, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  it('is open on loopback, to programs and to its own page', async () => {
    const { host } = new URL(nexus.url);
    expect(await ask('/sandbox/api/bots')).toBe(200);
    expect(await ask('/sandbox/api/bots', { origin: `http://${host}` })).toBe(200);
  });

  it('asks pages of other sites to sign in, and those whose name was made to resolve to us', async () => {
    expect(await ask('/sandbox/api/bots', { origin: 'https://elsewhere.example' })).toBe(401);
    expect(await ask('/sandbox/api/bots', { origin: 'null' })).toBe(401);
    expect(await ask('/sandbox/api/bots', { host: 'rebound.example' })).toBe(401);
  });

  it('does not lead out of the control API', async () => {
    expect(await ask('/sandbox/api/../bot100001:sandbox-downloader/getMe')).not.toBe(200);
    expect(await ask('/sandbox/api/%2e%2e/bot100001:sandbox-downloader/getMe')).not.toBe(200);
  });
});
