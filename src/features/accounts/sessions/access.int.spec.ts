import { JwtService } from '@nestjs/jwt';
import { AccessTokens } from '../../../platform/auth/access-tokens.js';
import { routesWithoutAccess } from '../../../platform/auth/testing/routes-without-access.js';
import { accountsApi, codeOf, type AccountsApi } from '../testing/accounts-api.js';
import { tokenOf } from '../testing/token-of.js';
import { User } from '../users/user.entity.js';

interface Payload {
  sub: string;
  email: string;
  role: string;
  sid: string;
  exp: number;
}

describe('an access token', () => {
  let api: AccountsApi;
  let account: User;
  beforeAll(async () => {
    api = await accountsApi();
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    await api.reset();
    account = await api.makeAccount('ada@example.com');
  });

  const change = (fields: Partial<User>) => api.database.repository(User).update({ id: account.id }, fields);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  it('opens what its account may open, while its session lives', async () => {
    expect(routesWithoutAccess(api.app)).toEqual([]);
    expect(await api.statusFor(await tokenOf(api.app, account))).toBe(200);
  });

  it('opens nothing when it is mutated, expired, unsigned, signed by others or without a live session', async () => {
    const token = await tokenOf(api.app, account);
    const [header = '', body = '', signature = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Payload;
    expect(claims.exp * 1_000).toBeGreaterThan(Date.now());
    const jwt = api.app.get(JwtService, { strict: false });
    const other = await api.makeAccount('eve@example.com');
    const { sid: _, ...withoutSession } = claims;
    const bad = {
      'another role': [header, part({ ...claims, role: 'admin' }), signature].join('.'),
      'another account': [header, part({ ...claims, sub: other.id }), signature].join('.'),
      'a later end': [header, part({ ...claims, exp: claims.exp + 900 }), signature].join('.'),
      'another signature': [header, body, `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`].join('.'),
      'no signature': `${header}.${body}.`,
      'alg none': `${part({ alg: 'none', typ: 'JWT' })}.${body}.`,
      'alg none, signed': `${part({ alg: 'none', typ: 'JWT' })}.${body}.${signature}`,
      'another algorithm': jwt.sign(withoutIssuer(claims), { algorithm: 'HS512' }),
      'another secret': jwt.sign(withoutIssuer(claims), { secret: 'somebody else has it' }),
      'another issuer': jwt.sign(withoutIssuer(claims), { issuer: 'elsewhere' }),
      expired: jwt.sign({ ...withoutIssuer(claims), exp: Math.floor(Date.now() / 1000) - 1 }),
      'no session': jwt.sign(withoutIssuer(withoutSession)),
      'a session of another': jwt.sign({ ...withoutIssuer(claims), sub: other.id }),
      'an unknown session': jwt.sign({ ...withoutIssuer(claims), sid: other.id }),
      nonsense: 'a.b.c',
    };
    const tokens = api.app.get(AccessTokens);
    for (const [what, wrong] of Object.entries(bad)) {
      expect([what, await api.statusFor(wrong)]).toEqual([what, 401]);
      expect([what, await tokens.verify(wrong)]).toEqual([what, undefined]);
    }
    expect(await api.statusFor(jwt.sign(withoutIssuer(claims)))).toBe(200);
    expect(await tokens.verify(token)).toMatchObject({ id: account.id, sessionId: claims.sid });
  });

  it('opens nothing for who is disabled or gone, and what the role of now opens', async () => {
    const token = await tokenOf(api.app, account);
    const roleBy = async () =>
      ((await (await api.call('/api/v1/users/me', { token })).json()) as { role: string }).role;
    await change({ role: 'admin', email: 'lady@example.com' });
    expect(await roleBy()).toBe('admin');
    expect(await api.app.get(AccessTokens).verify(token)).toMatchObject({ role: 'admin', email: 'lady@example.com' });
    await change({ role: 'user' });
    expect(await api.app.get(AccessTokens).verify(token)).toMatchObject({ role: 'user' });
    await change({ isActive: false });
    expect(await api.statusFor(token)).toBe(401);
    await change({ isActive: true });
    expect(await api.statusFor(token)).toBe(200);
    await api.reset();
    expect(await codeOf(await api.call('/api/v1/users/me', { token }))).toBe('auth.unauthenticated');
  });
});

/** The signer adds its own. */
function withoutIssuer(claims: object): object {
  const { iss: _, ...rest } = claims as { iss?: string };
  return rest;
}
