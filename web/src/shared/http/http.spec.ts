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

  it('forgets the token when the server refuses it', async () => {
    onFetch(() => answer(401));
    await failureOf(request('/x'));
    expect(currentToken()).toBeNull();
  });

  it('signs in without a token, and a wrong password ends no session', async () => {
    const fetching = onFetch(() => answer(401));
    await failureOf(request('/login', { anonymous: true }));
    expect(new Headers(fetching.mock.calls[0]?.[1].headers).has('authorization')).toBe(false);
    expect(currentToken()).toBe('secret');
  });
});
