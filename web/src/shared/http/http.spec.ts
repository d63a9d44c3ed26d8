import { HttpError, request, requestJson } from './http';
import { currentToken, startSession } from './session';

const answer = (status: number, body: unknown = {}): Response => new Response(JSON.stringify(body), { status });

function onFetch(respond: () => Response | Promise<Response>) {
  const fetching = vi.fn<(path: string, init: RequestInit) => Promise<Response>>(() => Promise.resolve(respond()));
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => null,
    (error: unknown) => error,
  );

describe('request', () => {
  beforeEach(() => {
    startSession('secret');
    vi.stubGlobal('navigator', {});
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('sends JSON with the token', async () => {
    const fetching = onFetch(() => answer(200, { id: 7 }));

    expect(await requestJson('/users', { method: 'POST', json: { firstName: 'Anna' } })).toEqual({ id: 7 });

    const [path, init] = fetching.mock.calls[0] ?? [];
    const headers = new Headers(init?.headers);
    expect([path, init?.method, init?.body]).toEqual(['/users', 'POST', '{"firstName":"Anna"}']);
    expect(headers.get('authorization')).toBe('Bearer secret');
    expect(headers.get('content-type')).toBe('application/json');
  });

  it('leaves the type of a form to the browser', async () => {
    const fetching = onFetch(() => answer(200));
    await request('/messages', { method: 'POST', form: new FormData() });
    expect(new Headers(fetching.mock.calls[0]?.[1].headers).has('content-type')).toBe(false);
  });

  it.each([
    [{ title: 'Conflict', detail: 'Already there' }, 'Already there'],
    [{ error: 'user not found' }, 'user not found'],
    [{ title: 'Conflict' }, 'Conflict'],
    [[], '409'],
  ])('tells what %j says', async (body, message) => {
    onFetch(() => answer(409, body));
    expect(await failureOf(request('/x'))).toMatchObject({ status: 409, message, isTransient: false });
  });

  it.each([
    [502, true],
    [404, false],
  ])('%i is worth another try: %s', async (status, isTransient) => {
    onFetch(() => answer(status));
    expect(await failureOf(request('/x'))).toMatchObject({ isTransient });
  });

  it('has status 0 when no answer came', async () => {
    onFetch(() => Promise.reject(new TypeError('Failed to fetch')));
    const failure = await failureOf(request('/x'));
    expect(failure).toBeInstanceOf(HttpError);
    expect(failure).toMatchObject({ status: 0, message: 'Failed to fetch', isTransient: true });
  });

  it('passes an abort on as it is', async () => {
    onFetch(() => Promise.reject(new DOMException('stop', 'AbortError')));
    expect(await failureOf(request('/x'))).toMatchObject({ name: 'AbortError' });
  });

  it('renews the token when the server refuses it, and asks again, once for all that wait', async () => {
    const fetching = vi.fn<(path: string, init: RequestInit) => Promise<Response>>((path, { headers }) => {
      if (path === '/api/v1/auth/refresh') return Promise.resolve(answer(200, { accessToken: 'fresh' }));
      const isFresh = new Headers(headers).get('authorization') === 'Bearer fresh';
      return Promise.resolve(isFresh ? answer(200, { path }) : answer(401));
    });
    vi.stubGlobal('fetch', fetching);

    expect(await Promise.all(['/a', '/b', '/c'].map((path) => requestJson(path)))).toEqual([
      { path: '/a' },
      { path: '/b' },
      { path: '/c' },
    ]);

    const paths = fetching.mock.calls.map(([path]) => path);
    expect(paths.filter((path) => path === '/api/v1/auth/refresh')).toHaveLength(1);
    expect(paths).toHaveLength(7);
    expect(currentToken()).toBe('fresh');
  });

  it('forgets the token when the session has ended, too', async () => {
    onFetch(() => answer(401));
    expect(await failureOf(request('/x'))).toMatchObject({ status: 401 });
    expect(currentToken()).toBeNull();
  });

  it('gives up when the renewed token is refused as well', async () => {
    const fetching = onFetch(() => answer(401));
    fetching.mockImplementation((path) =>
      Promise.resolve(path === '/api/v1/auth/refresh' ? answer(200, { accessToken: 'fresh' }) : answer(401)),
    );
    expect(await failureOf(request('/x'))).toMatchObject({ status: 401 });
    expect(fetching).toHaveBeenCalledTimes(3);
    expect(currentToken()).toBeNull();
  });

  it('keeps the session when the server cannot be asked to renew it', async () => {
    const fetching = onFetch(() => answer(401));
    fetching.mockImplementation((path) => Promise.resolve(path === '/api/v1/auth/refresh' ? answer(503) : answer(401)));
    expect(await failureOf(request('/x'))).toMatchObject({ status: 503 });
    expect(currentToken()).toBe('secret');
  });

  it('takes a wrong password for what it is', async () => {
    const fetching = onFetch(() => answer(401, { code: 'auth.invalid_credentials' }));
    expect(await failureOf(request('/x'))).toMatchObject({ status: 401, code: 'auth.invalid_credentials' });
    expect(fetching).toHaveBeenCalledTimes(1);
    expect(currentToken()).toBe('secret');
  });

  it('signs in without a token, and a wrong password ends no session', async () => {
    const fetching = onFetch(() => answer(401));
    await failureOf(request('/login', { anonymous: true }));
    expect(new Headers(fetching.mock.calls[0]?.[1].headers).has('authorization')).toBe(false);
    expect(currentToken()).toBe('secret');
  });
});
