import { refreshSession } from './refresh';
import { currentToken, requireSignIn } from './session';

const answer = (status: number, body: unknown = {}): Response => new Response(JSON.stringify(body), { status });

describe('refreshSession', () => {
  beforeEach(() => {
    requireSignIn();
    vi.stubGlobal('navigator', {});
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('starts the session that the cookie stands for, asking once for all who want it', async () => {
    const fetching = vi.fn(() => Promise.resolve(answer(200, { accessToken: 'fresh' })));
    vi.stubGlobal('fetch', fetching);
    expect(await Promise.all([refreshSession(), refreshSession()])).toEqual([true, true]);
    expect(fetching).toHaveBeenCalledTimes(1);
    expect(currentToken()).toBe('fresh');
    await refreshSession();
    expect(fetching).toHaveBeenCalledTimes(2);
  });

  it('says when nobody is signed in, and when that is not known', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(answer(401)));
    expect(await refreshSession()).toBe(false);
    vi.stubGlobal('fetch', () => Promise.resolve(answer(503)));
    await expect(refreshSession()).rejects.toMatchObject({ status: 503 });
  });

  it('lets tabs exchange the cookie one after the other', async () => {
    const locked: string[] = [];
    const request = (name: string, work: () => Promise<boolean>) => {
      locked.push(name);
      return work();
    };
    vi.stubGlobal('navigator', { locks: { request } });
    vi.stubGlobal('fetch', () => Promise.resolve(answer(200, { accessToken: 'fresh' })));
    expect(await refreshSession()).toBe(true);
    expect(locked).toEqual(['nexus.refresh']);
  });
});
