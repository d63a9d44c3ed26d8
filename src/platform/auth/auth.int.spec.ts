import { Controller, Get, Global, Module, type DynamicModule } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { testStores, type TestStores } from '../../../test/support/stores.js';
import { startApi, type TestApi } from '../http-server/testing/start-api.js';
import { Authenticated, Public, RequireRole } from './access.js';
import { AccessTokens } from './access-tokens.js';
import { CurrentUser } from './current-user.decorator.js';
import { LiveSessions } from './live-sessions.js';
import type { Account, UserRole } from './principal.js';
import { routesWithoutAccess } from './testing/routes-without-access.js';
import { ServedIn } from './served-in.js';

@Controller('gate')
class GateController {
  @Get('open')
  @Public()
  open(): object {
    return {};
  }

  @Get('mine')
  @Authenticated()
  mine(@CurrentUser() user: Account): Account {
    return user;
  }

  @Get('admins')
  @RequireRole('admin')
  admins(): object {
    return {};
  }

  @Get('silent')
  silent(): object {
    return {};
  }
}

@Controller('webhooks')
@Public()
@ServedIn('bots')
class BotsController {
  @Get()
  get(): object {
    return {};
  }
}

@Global()
@Module({})
class SessionsModule {
  static of(sessions: Map<string, Account>): DynamicModule {
    const live: LiveSessions = { accountOf: (id) => Promise.resolve(sessions.get(id)) };
    const providers = [{ provide: LiveSessions, useValue: live }];
    return { module: SessionsModule, providers, exports: [LiveSessions] };
  }
}

const controllers = [GateController, BotsController];
const ada = (role: UserRole): Account => ({ id: crypto.randomUUID(), email: 'ada@example.com', role });

describe('auth', () => {
  let stores: TestStores;
  beforeAll(async () => {
    stores = await testStores();
  });
  afterAll(() => stores.close());

  describe('access to routes', () => {
    let api: TestApi;
    beforeAll(async () => {
      api = await startApi({ stores, controllers });
    });
    afterAll(() => api.close());

    const tokenFor = async (principal: Account) => (await api.app.get(AccessTokens).issue(principal)).token;
    const statusOf = async (path: string, token?: string) => (await api.call(`/api/v1/gate/${path}`, { token })).status;

    it('lets in whom the route names, and knows him', async () => {
      const user = ada('user');
      const { token, expiresInSec } = await api.app.get(AccessTokens).issue(user);
      const response = await api.call('/api/v1/gate/mine', { token });
      const { expiresAt, ...known } = (await response.json()) as Account & { expiresAt: string };
      expect(known).toEqual(user);
      expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan((expiresInSec - 60) * 1_000);
      expect(await statusOf('open')).toBe(200);
      expect(await statusOf('admins', await tokenFor(ada('admin')))).toBe(200);
    });

    it('turns away who is not signed in, with 401, and who may not, with 403', async () => {
      const response = await api.call('/api/v1/gate/mine');
      expect(await response.json()).toMatchObject({ status: 401, code: 'auth.unauthenticated' });
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await statusOf('admins')).toBe(401);
      expect(await statusOf('admins', await tokenFor(ada('user')))).toBe(403);
    });

    it('denies a route that names nobody even to an admin, and the list finds it', async () => {
      expect(await statusOf('silent')).toBe(403);
      expect(await statusOf('silent', await tokenFor(ada('admin')))).toBe(403);
      expect(routesWithoutAccess(api.app)).toEqual(['GET GateController.silent']);
    });

    it('takes no token that is expired, unsigned, signed otherwise, foreign or strange', async () => {
      const jwt = api.app.get(JwtService, { strict: false });
      const tokens = api.app.get(AccessTokens);
      const claims = { sub: 'x', email: 'a@b.co', role: 'user' };
      const soon = { expiresIn: 60 };
      const good = jwt.sign(claims, soon);
      expect(await statusOf('mine', good)).toBe(200);
      expect(await tokens.verify(good)).toMatchObject({ id: 'x', email: 'a@b.co', role: 'user' });
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const bad = [
        jwt.sign(claims, { expiresIn: -1 }),
        jwt.sign(claims, { ...soon, algorithm: 'HS512' }),
        jwt.sign(claims, { ...soon, secret: 'another' }),
        jwt.sign(claims, { ...soon, issuer: 'another' }),
        jwt.sign({ ...claims, role: 'king' }, soon),
        jwt.sign({ ...claims, sid: 7 }, soon),
        jwt.sign(claims),
        `${part({ alg: 'none' })}.${part({ ...claims, iss: 'nexus' })}.`,
      ];
      for (const token of bad) {
        expect(await statusOf('mine', token)).toBe(401);
        expect(await tokens.verify(token)).toBeUndefined();
      }
    });

    it('serves a controller only where its role runs', async () => {
      expect((await api.call('/api/v1/webhooks')).status).toBe(200);
      const bots = await startApi({ stores, controllers, env: { NEXUS_ROLES: 'bots' } });
      const statuses = await Promise.all(
        ['/api/v1/webhooks', '/api/v1/gate/open', '/api/v1/health/live'].map(
          async (path) => (await bots.call(path)).status,
        ),
      );
      await bots.close();
      expect(statuses).toEqual([200, 404, 200]);
    });
  });

  it('asks the sessions, where there are any, who is behind a token', async () => {
    const user = ada('user');
    const sessions = new Map<string, Account>([['hers', user]]);
    const api = await startApi({ stores, controllers, imports: [SessionsModule.of(sessions)] });
    const tokens = api.app.get(AccessTokens);
    const askAs = async (sid?: string, account = user) => {
      const { token } = await tokens.issue(account, sid);
      const response = await api.call('/api/v1/gate/mine', { token });
      const said = (await response.json()) as Partial<Account>;
      expect((await tokens.verify(token))?.role).toBe(response.ok ? said.role : undefined);
      return [response.status, said.role];
    };
    expect(await askAs('hers')).toEqual([200, 'user']);
    sessions.set('hers', { ...user, role: 'admin' });
    expect(await askAs('hers')).toEqual([200, 'admin']);
    expect(await askAs('hers', ada('admin'))).toEqual([401, undefined]);
    expect(await askAs()).toEqual([401, undefined]);
    sessions.delete('hers');
    expect(await askAs('hers')).toEqual([401, undefined]);
    await api.close();
  });

  it('limits each account and each address, and probes not at all', async () => {
    const api = await startApi({ stores, controllers, env: { API_RATE_PER_MIN: '3' } });
    const { token: adas } = await api.app.get(AccessTokens).issue(ada('user'));
    const { token: bobs } = await api.app.get(AccessTokens).issue(ada('user'));
    const call = (path: string, token?: string) => api.call(path, { token });
    for (let i = 0; i < 3; i++) expect((await call('/api/v1/gate/mine', adas)).status).toBe(200);
    const refused = await call('/api/v1/gate/mine', adas);
    expect(await refused.json()).toMatchObject({ status: 429, code: 'request.too_many' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call('/api/v1/gate/mine', bobs)).status).toBe(200);
    const anonymous: number[] = [];
    for (let i = 0; i < 4; i++) anonymous.push((await call('/api/v1/gate/mine')).status);
    expect(anonymous).toEqual([401, 401, 401, 429]);
    expect((await call('/api/v1/health/live')).status).toBe(200);
    await api.close();
  });
});
