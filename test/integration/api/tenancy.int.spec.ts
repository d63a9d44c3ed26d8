import type { Nexus } from '../../../src/nexus.js';
import { apiDocument, type ApiDocument, type Operation } from '../../support/api-document.js';
import { testNexus } from '../../support/nexus.js';
import { makeTenant, PASSWORD, send, type Tenant } from './two-tenants.js';

/** Whose id stands for each parameter of a path, by the path up to it. A route with a parameter that is not here fails. */
const PARAMETERS: Readonly<Record<string, keyof Tenant['ids'] | { word: string }>> = {
  '/api/v1/credentials/{id}': 'credential',
  '/api/v1/tasks/{taskId}': 'task',
  '/api/v1/notifications/{id}': 'notification',
  '/api/v1/webhooks/{id}': 'webhook',
  '/api/v1/webhooks/{id}/deliveries/{deliveryId}': 'delivery',
  '/api/v1/oauth/{platform}': { word: 'youtube' },
};

/** Bodies where the examples of the document do not do. */
const BODIES: Readonly<Record<string, object>> = {
  'PUT /api/v1/credentials/{id}': { accountName: 'Taken over' },
};

/** Whoever reads these has platforms asked anew and the moment noted; what they show stands in other answers too. */
const CHECKS = ['/api/v1/credentials/status'];

/** Who has not signed in may call these, and no others. */
const PUBLIC = [
  'GET /api/v1/files/{token}',
  'GET /api/v1/generation/photos/{token}',
  'GET /api/v1/health',
  'GET /api/v1/health/live',
  'GET /api/v1/health/ready',
  'GET /api/v1/oauth/{platform}/callback',
  'POST /api/v1/auth/login',
  'POST /api/v1/auth/logout',
  'POST /api/v1/auth/password-link',
  'POST /api/v1/auth/refresh',
  'POST /api/v1/auth/register',
  'POST /api/v1/generation/kie/callback/{address}',
];

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;

/** Every route of the document, tried by one tenant on what belongs to another. */
describe('two tenants', () => {
  let nexus: Nexus;
  let document: ApiDocument;
  let anna: Tenant;
  let ben: Tenant;

  beforeAll(async () => {
    nexus = await testNexus({ API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api' });
    document = await apiDocument(nexus.url);
    anna = await makeTenant(nexus, 'anna@example.com');
    ben = await makeTenant(nexus, 'ben@example.com');
  });
  afterAll(() => nexus.close());

  const open = (access: Operation['access']) => document.operations.filter((operation) => operation.access === access);
  const hasIds = ({ path }: Operation) => idsIn(path).length > 0;

  /** The things that the ids in a path are of. */
  function idsIn(path: string): (keyof Tenant['ids'])[] {
    return parametersOf(path).flatMap(({ is }) => (typeof is === 'string' ? [is] : []));
  }

  function parametersOf(path: string) {
    return [...path.matchAll(/\{(\w+)\}/g)].map(({ 0: name, index }) => {
      const is = PARAMETERS[path.slice(0, index + name.length)];
      if (is === undefined) throw new Error(`Say in PARAMETERS what ${name} of ${path} is the id of`);
      return { name, is };
    });
  }

  function pathWith(owner: Tenant, path: string): string {
    return parametersOf(path).reduce(
      (whole, { name, is }) => whole.replace(name, typeof is === 'string' ? owner.ids[is] : is.word),
      path,
    );
  }

  const bodyOf = (operation: Operation): unknown =>
    BODIES[nameOf(operation)] ?? (operation.body && document.sample(operation.body));

  const ask = (operation: Operation, caller: Tenant | undefined, owner: Tenant) =>
    send(nexus, pathWith(owner, operation.path), {
      method: operation.method,
      token: caller?.token,
      json: operation.method === 'GET' ? undefined : bodyOf(operation),
    });

  /** All that Anna can read of her own without changing it. */
  async function seenByAnna(): Promise<Record<string, unknown>> {
    const seen: Record<string, unknown> = {};
    for (const operation of open('authenticated')) {
      if (operation.method !== 'GET' || operation.isStream || operation.path.includes('/oauth/')) continue;
      if (CHECKS.includes(operation.path)) continue;
      seen[operation.path] = await (await ask(operation, anna, anna)).json();
    }
    return seen;
  }

  it('know which routes are open to all', () => {
    expect(open('public').map(nameOf).sort()).toEqual(PUBLIC);
  });

  it('get nowhere without a token, nor with the operator’s routes', async () => {
    for (const operation of [...open('authenticated'), ...open('admin')]) {
      const path = operation.path.replace(/\{\w+\}/g, anna.ids.credential);
      const call = (token?: string) => send(nexus, path, { method: operation.method, token });
      expect([nameOf(operation), (await call()).status]).toEqual([nameOf(operation), 401]);
      if (operation.access === 'admin') {
        expect([nameOf(operation), (await call(ben.token)).status]).toEqual([nameOf(operation), 403]);
      }
    }
  });

  it('find nothing of each other by its id, and change nothing', async () => {
    const before = await seenByAnna();
    for (const operation of open('authenticated').filter(hasIds)) {
      const response = await ask(operation, ben, anna);
      expect([nameOf(operation), response.status]).toEqual([nameOf(operation), 404]);
    }
    expect(await seenByAnna()).toEqual(before);
  });

  it('do not reach another’s thing through one of their own', async () => {
    const both = open('authenticated').filter(({ path }) => idsIn(path).length > 1);
    expect(both.length).toBeGreaterThan(0);
    for (const operation of both) {
      const mixed = { ...anna, ids: { ...anna.ids, webhook: ben.ids.webhook } };
      expect([nameOf(operation), (await ask(operation, ben, mixed)).status]).toEqual([nameOf(operation), 404]);
    }
  });

  it('see nothing of each other in lists, profiles and answers', async () => {
    const marks = [anna.id, anna.email, ...Object.values(anna.ids)];
    const harmless = open('authenticated').filter((operation) => !hasIds(operation) && !operation.isStream);
    for (const operation of harmless.filter(({ method }) => method === 'GET')) {
      const text = await (await ask(operation, ben, ben)).text();
      expect([nameOf(operation), marks.filter((mark) => text.includes(mark))]).toEqual([nameOf(operation), []]);
    }
  });

  it('change only what is their own', async () => {
    const before = await seenByAnna();
    const writes = open('authenticated').filter(
      ({ method, path }) => method !== 'GET' && !hasIds({ path } as Operation),
    );
    const last = (operation: Operation) =>
      Number(nameOf(operation).includes('/auth/') || operation.path === '/api/v1/users/me');
    for (const operation of writes.sort((a, b) => last(a) - last(b))) await ask(operation, ben, ben);
    expect(await seenByAnna()).toEqual(before);
  });

  it('reach with the same requests what is theirs', async () => {
    const carl = await makeTenant(nexus, 'carl@example.com');
    const last = ({ method }: Operation) => Number(method === 'DELETE');
    const own = open('authenticated')
      .filter(hasIds)
      .sort((a, b) => last(a) - last(b));
    for (const operation of own) {
      const response = await ask(operation, carl, carl);
      await response.body?.cancel();
      expect([nameOf(operation), [401, 403, 404].includes(response.status)]).toEqual([nameOf(operation), false]);
    }
  });

  it('cannot turn a link of one into a file of the other', async () => {
    const [payload = '', mac = ''] = anna.fileLink.split('/').at(-1)?.split('.') ?? [];
    const forged = Buffer.from(payload, 'base64url').toString().replaceAll(anna.id, ben.id);
    const link = `/api/v1/files/${Buffer.from(forged).toString('base64url')}.${mac}`;
    const response = await send(nexus, link);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: 'files.link_invalid' });
  });

  it('are gone when they have gone, and their tokens with them', async () => {
    const dora = await makeTenant(nexus, 'dora@example.com');
    const gone = await send(nexus, '/api/v1/users/me', {
      method: 'DELETE',
      token: dora.token,
      json: { password: PASSWORD },
    });
    expect(gone.status).toBe(204);
    expect((await send(nexus, '/api/v1/users/me', { token: dora.token })).status).toBe(401);
  });
});
