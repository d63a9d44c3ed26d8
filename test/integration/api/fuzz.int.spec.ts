import type { Nexus } from '../../../src/nexus.js';
import { apiDocument, type ApiDocument, type Operation } from '../../support/api-document.js';
import { testNexus } from '../../support/nexus.js';
import { strangeBodies, strangePaths, strangeQueries, type StrangeRequest } from './strange-requests.js';

const AT_ONCE = 8;

/** Whatever is sent to whichever route: it is answered, and never with a fault of ours. */
describe('strange requests', () => {
  let nexus: Nexus;
  let document: ApiDocument;
  let token = '';

  beforeAll(async () => {
    nexus = await testNexus({ API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api' });
    document = await apiDocument(nexus.url);
  });
  afterAll(() => nexus.close());

  it('get no fault for an answer, on any documented route', async () => {
    const faults: string[] = [];
    for (const operation of document.operations) {
      await signIn();
      const requests = (await requestsTo(operation)).values();
      const sendSome = async () => {
        for (const request of requests) faults.push(...(await faultOf(operation, request)));
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
    }
    expect(faults).toEqual([]);
  }, 300_000);

  /** Again where the last operation has ended the session. */
  async function signIn(): Promise<void> {
    if (token !== '' && (await call({ path: '/api/v1/users/me' })).status === 200) return;
    const { email, password } = nexus.admin;
    const response = await fetch(`${nexus.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    ({ accessToken: token } = (await response.json()) as { accessToken: string });
  }

  async function requestsTo(operation: Operation): Promise<StrangeRequest[]> {
    const path = await pathOf(operation);
    return [
      ...strangePaths(operation),
      ...strangeQueries(operation).map((query) => ({ path: `${path}?${query}` })),
      ...strangeBodies(operation, document).map((body) => ({ path, ...body })),
    ];
  }

  /** With the id of something that is there, so that what is asked goes as deep as it can. */
  async function pathOf({ path, parameters }: Operation): Promise<string> {
    const known = await knownId(path.slice(0, path.indexOf('/{')));
    return parameters
      .filter((parameter) => parameter.in === 'path')
      .reduce((whole, { name, schema = {} }) => {
        return whole.replace(`{${name}}`, encodeURIComponent(known ?? String(document.sample(schema))));
      }, path);
  }

  async function knownId(list: string): Promise<string | undefined> {
    const known = document.operations.some(({ method, path }) => method === 'GET' && path === list);
    if (!known) return undefined;
    const response = await call({ path: list });
    const { items } = response.ok ? ((await response.json()) as { items?: { id?: string | number }[] }) : {};
    const id = items?.[0]?.id;
    return id === undefined ? undefined : String(id);
  }

  async function faultOf(operation: Operation, request: StrangeRequest): Promise<string[]> {
    const { method } = operation;
    const body = method === 'GET' ? undefined : request.body;
    const response = await call({ ...request, method, body });
    const { status } = response;
    const type = response.headers.get('content-type') ?? '';
    const isProblem = status < 400 || type.startsWith('application/problem+json');
    await response.body?.cancel();
    if (status < 500 && isProblem) return [];
    const sent = request.body === undefined ? '' : ` ${String(request.body).slice(0, 200)}`;
    return [`${status} ${type}: ${method} ${request.path.slice(0, 200)}${sent}`];
  }

  function call({ path, method = 'GET', headers = {}, body }: StrangeRequest & { method?: string }): Promise<Response> {
    const all = { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers };
    return fetch(`${nexus.url}${path}`, { method, headers: all, body, redirect: 'manual' });
  }
});
