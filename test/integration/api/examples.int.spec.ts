import type { Nexus } from '../../../src/nexus.js';
import { apiDocument, type ApiDocument, type Operation, type Schema } from '../../support/api-document.js';
import { testNexus } from '../../support/nexus.js';
import { generationRows, type GenerationRows } from './generation-rows.js';
import { mismatches } from './mismatches.js';
import { makeTenant, PASSWORD, send, type Tenant } from './two-tenants.js';

const SECTIONS = [
  ...['auth', 'users', 'credentials', 'oauth', 'tasks', 'notifications', 'webhooks', 'admin users'],
  ...['credits', 'generation', 'generation templates'],
];

/** What answers an example that is well-formed, where there is nothing for it to succeed with. */
const REFUSED: Readonly<Record<string, { status: number; why: string }>> = {
  'POST /api/v1/auth/refresh': { status: 401, why: 'nobody has the token of the example' },
  'POST /api/v1/auth/password-link': { status: 401, why: 'nobody has the link of the example' },
  'POST /api/v1/admin/users': { status: 409, why: 'it is who has registered in the example of that' },
  'POST /api/v1/webhooks/{id}/deliveries/{deliveryId}/retry': { status: 409, why: 'it has not failed' },
  'GET /api/v1/credits/audit': { status: 404, why: 'the books have not been proven yet' },
  'GET /api/v1/generation/photos/{token}': { status: 404, why: 'nobody has signed that link' },
  'POST /api/v1/generation/kie/callback/{address}': { status: 404, why: 'no task has that address' },
  'POST /api/v1/generation/jobs/{id}/retry': { status: 409, why: 'it has not failed' },
  'POST /api/v1/generation/jobs/{id}/refund': { status: 409, why: 'it has not been delivered' },
};

/** They take or end what the others need, so each of them has somebody of its own to do it. */
const LAST = [
  'PUT /api/v1/credentials/{id}',
  'POST /api/v1/auth/logout-all',
  'POST /api/v1/users/me/password',
  'DELETE /api/v1/users/me',
  'PATCH /api/v1/admin/users/{id}',
  'DELETE /api/v1/admin/users/{id}',
];

/** What is asked first, so that what it needs is still there, and nothing of its name yet. */
const ACCESS: Operation['access'][] = ['public', 'authenticated', 'admin'];
const METHODS = ['GET', 'PUT', 'PATCH', 'POST', 'DELETE'];

const nameOf = ({ method, path }: Operation) => `${method} ${path}`;
const isProblem = (status: string) => status === 'default' || Number(status) >= 400;

/** What the documentation says of each route, and whether that is so. */
describe('the documentation', () => {
  let nexus: Nexus;
  let document: ApiDocument;
  let operations: Operation[];
  let admin: string;
  let generation: GenerationRows;
  beforeAll(async () => {
    nexus = await testNexus({ API_RATE_PER_MIN: '0', NEXUS_ROLES: 'api', ADMIN_PASSWORD: PASSWORD });
    document = await apiDocument(nexus.url);
    operations = document.operations.filter(({ tag }) => SECTIONS.includes(tag));
    const json = { email: nexus.admin.email, password: PASSWORD };
    const login = await send(nexus, '/api/v1/auth/login', { method: 'POST', json });
    ({ accessToken: admin } = (await login.json()) as { accessToken: string });
    generation = await generationRows(nexus, admin);
  });
  afterAll(() => nexus.close());

  it('has all sections', () => {
    expect([...new Set(operations.map(({ tag }) => tag))].sort()).toEqual([...SECTIONS].sort());
  });

  it('says what each route is for, what it answers, and what can go wrong', () => {
    const faults = operations.flatMap((operation) =>
      faultsOf(operation).map((fault) => `${nameOf(operation)}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it('has an example for every text that it asks for or answers', () => {
    const bare = operations.flatMap((operation) => {
      const schemas = [operation.body, ...Object.values(operation.answers).map(({ schema }) => schema)];
      return schemas.flatMap((schema) => (schema ? textsWithoutExample(schema, nameOf(operation)) : []));
    });
    expect([...new Set(bare)]).toEqual([]);
  });

  it('has examples that work, and answers that are as it says', async () => {
    const wrong: string[] = [];
    const tenant = await makeTenant(nexus, 'examples@example.com');
    const rank = ({ access, method }: Operation) => ACCESS.indexOf(access) * METHODS.length + METHODS.indexOf(method);
    const ordinary = operations.filter((operation) => !LAST.includes(nameOf(operation)));
    for (const operation of ordinary.sort((a, b) => rank(a) - rank(b))) {
      wrong.push(...(await tryExample(operation, tenant)));
    }
    for (const [index, name] of LAST.entries()) {
      const operation = operations.find((each) => nameOf(each) === name);
      if (!operation) throw new Error(`There is no ${name}`);
      wrong.push(...(await tryExample(operation, await makeTenant(nexus, `last${index}@example.com`))));
    }
    expect(wrong).toEqual([]);
  });

  it('names the refusal of bodies and ids that make no sense', async () => {
    const tenant = await makeTenant(nexus, 'nonsense@example.com');
    const unknown: string[] = [];
    for (const operation of operations) {
      const path = pathOf(operation, () => 'no-such-id');
      const { status } = await call(operation, tenant, { path, json: operation.body && 'nonsense' });
      const isRefused = path !== operation.path || operation.body !== undefined;
      if (isRefused && !(status >= 400 && status in operation.answers)) unknown.push(`${nameOf(operation)} ${status}`);
    }
    expect(unknown).toEqual([]);
  });

  function faultsOf({ summary, access, answers, body, parameters }: Operation): string[] {
    const statuses = Object.keys(answers);
    const good = statuses.filter((status) => !isProblem(status));
    const isExplained = (status: string) => ['204', '302'].includes(status) || answers[status]?.schema !== undefined;
    const wanted = [
      ...(access === 'public' ? [] : ['401']),
      ...(access === 'admin' ? ['403'] : []),
      ...(body ? ['400'] : []),
      ...(parameters.some((parameter) => parameter.in === 'path') ? ['404'] : []),
      'default',
    ];
    return [
      ...(summary === '' ? ['has no summary'] : []),
      ...(good.length === 0 ? ['has no success'] : []),
      ...good.filter((status) => !isExplained(status)).map((status) => `${status} has no schema`),
      ...wanted.filter((status) => !statuses.includes(status)).map((status) => `does not tell of ${status}`),
      ...statuses
        .filter((status) => isProblem(status) && answers[status]?.mediaType !== 'application/problem+json')
        .map((status) => `${status} is no problem`),
    ];
  }

  function textsWithoutExample(schema: Schema, path: string): string[] {
    const whole = document.resolve(schema);
    const isTold = [whole.example, whole.default, whole.enum, whole.format].some((told) => told !== undefined);
    if (isTold) return [];
    if (whole.type === 'string') return [path];
    return [
      ...(whole.items ? textsWithoutExample(whole.items, `${path}[]`) : []),
      ...Object.entries(whole.properties ?? {}).flatMap(([name, field]) =>
        textsWithoutExample(field, `${path}.${name}`),
      ),
    ];
  }

  /** @returns what is wrong with it */
  async function tryExample(operation: Operation, tenant: Tenant): Promise<string[]> {
    const path = `${pathOf(operation, (name) => idFor(operation, name, tenant))}?${queryOf(operation)}`;
    const json = operation.body && document.sample(operation.body);
    const response = await call(operation, tenant, { path, json });
    const refused = REFUSED[nameOf(operation)]?.status;
    const answer = operation.answers[String(response.status)];
    const name = `${nameOf(operation)} ${response.status}`;
    if (refused === undefined ? response.status >= 400 : response.status !== refused) {
      return [`${name}: ${await response.text()}`];
    }
    if (!answer) return [`${name}: is not documented`];
    if (operation.isStream) {
      await response.body?.cancel();
      return [];
    }
    const text = await response.text();
    if (response.status === 302) return [];
    if (!answer.schema) return text === '' ? [] : [`${name}: has a body`];
    return mismatches(document, answer.schema, JSON.parse(text)).map((fault) => `${name}: ${fault}`);
  }

  function call({ method, access }: Operation, tenant: Tenant, request: { path: string; json: unknown }) {
    const token = { public: undefined, authenticated: tenant.token, admin }[access];
    return send(nexus, request.path, { method, token, json: method === 'GET' ? undefined : request.json });
  }

  function queryOf({ parameters }: Operation): string {
    const query = new URLSearchParams();
    for (const { name, in: place, schema = {} } of parameters) {
      if (place === 'query') query.set(name, String(document.sample(schema)));
    }
    return query.toString();
  }

  function pathOf({ path }: Operation, valueOf: (name: string) => string): string {
    return path.replace(/\{(\w+)\}/g, (_, name: string) => valueOf(name));
  }

  function idFor({ tag, path }: Operation, name: string, { id, ids }: Tenant): string {
    const [, ofGeneration] = /^\/api\/v1\/generation\/(\w+)\/\{id\}/.exec(path) ?? [];
    if (ofGeneration) return generation[ofGeneration as keyof GenerationRows];
    if (tag === 'oauth') return 'youtube';
    if (tag === 'admin users') return id;
    if (name === 'deliveryId') return ids.delivery;
    const things: Record<string, string> = {
      credentials: ids.credential,
      tasks: ids.task,
      notifications: ids.notification,
      webhooks: ids.webhook,
    };
    return things[tag] ?? '';
  }
});
