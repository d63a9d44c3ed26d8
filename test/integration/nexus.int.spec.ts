import type { Nexus } from '../../src/nexus.js';
import { routesWithoutAccess } from '../../src/platform/auth/testing/routes-without-access.js';
import { testNexus } from '../support/nexus.js';

const get = async (nexus: Nexus, path: string) => {
  const response = await fetch(`${nexus.url}${path}`);
  return { status: response.status, body: await response.text() };
};

describe('a whole Nexus', () => {
  let nexus: Nexus;
  beforeAll(async () => {
    nexus = await testNexus();
  });
  afterAll(() => nexus.close());

  it('has no route that does not say who may call it', () => {
    expect(routesWithoutAccess(nexus.app)).toEqual([]);
  });

  it('tells how its parts are', async () => {
    const { status, body } = await get(nexus, '/api/v1/health');
    const health = JSON.parse(body) as { sandbox: boolean; roles: string[]; parts: { name: string; status: string }[] };
    expect(status).toBe(200);
    expect(health).toMatchObject({ sandbox: true, roles: ['api', 'bots', 'worker'] });
    expect(health.parts.map(({ name }) => name).sort()).toEqual([
      'bots',
      'database',
      'ffmpeg',
      'kie',
      'llm',
      'migrations',
      'pytubefix',
      'redis',
      'routing',
      'work-folder',
      'yt-dlp',
    ]);
  });

  it('leads to the page of connections under the name that platforms send browsers back to', async () => {
    const { port } = new URL(nexus.url);
    const connections = (host: string) =>
      fetch(`http://${host}:${port}/connections?oauth=success`, {
        redirect: 'manual',
        headers: { accept: 'text/html' },
      });
    const response = await connections('127.0.0.1');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`http://localhost:${port}/connections?oauth=success`);
    expect((await connections('localhost')).status).not.toBe(302);
  });

  it('lets its first admin in, and strangers not', async () => {
    const login = (password: string) =>
      fetch(`${nexus.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: nexus.admin.email, password }),
      });
    expect((await login('not the password')).status).toBe(401);
    const answer = (await (await login(nexus.admin.password ?? '')).json()) as { accessToken: string };
    const me = await fetch(`${nexus.url}/api/v1/users/me`, {
      headers: { authorization: `Bearer ${answer.accessToken}` },
    });
    expect(await me.json()).toMatchObject({ email: nexus.admin.email, role: 'admin' });
    expect((await get(nexus, '/api/v1/users/me')).status).toBe(401);
  });
});

describe('a Nexus that only works', () => {
  let nexus: Nexus;
  beforeAll(async () => {
    nexus = await testNexus({ NEXUS_ROLES: 'worker' });
  });
  afterAll(() => nexus.close());

  it('answers for its health and nothing else', async () => {
    expect((await get(nexus, '/api/v1/health/live')).status).toBe(200);
    expect((await get(nexus, '/api/v1/users/me')).status).toBe(404);
  });
});

describe('in production', () => {
  it('asks for its secrets and refuses the sandbox, all at once', async () => {
    await expect(testNexus({ NODE_ENV: 'production' })).rejects.toThrow(/JWT_SECRET[\s\S]*ENCRYPTION_KEYS/);
    const secrets = {
      JWT_SECRET: 'x'.repeat(32),
      ENCRYPTION_KEYS: `a:${Buffer.alloc(32).toString('base64')}`,
    };
    const withSandbox = testNexus({ NODE_ENV: 'production', NEXUS_SANDBOX: 'on', ...secrets });
    await expect(withSandbox).rejects.toThrow(/NEXUS_SANDBOX: expected auto or off/);
  });
});
