import { randomUUID } from 'node:crypto';
import type { Account } from '../../../../platform/auth/principal.js';
import type { Problem } from '../../../../platform/errors/problem.js';
import { Redis } from '../../../../platform/redis/redis.js';
import { tokenOf } from '../../testing/token-of.js';
import { adminApi, type AdminApi } from '../testing/admin-api.js';
import type { PasswordLinkDto } from './password-link.dto.js';
import { PasswordLinks } from './password-links.js';

const HOUR_MS = 3_600_000;
const PASSWORD = 'staple battery horse';

describe('links to set a password', () => {
  let world: AdminApi;
  let admin: Account;
  let user: Account;

  beforeAll(async () => {
    world = await adminApi();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('DELETE FROM users');
    await world.database.query('DELETE FROM audit_log');
    await world.api.app.get(Redis).client.flushDb();
    admin = await world.make({ role: 'admin' });
    user = await world.make({ email: 'ada@example.com' });
  });

  const link = async (id = user.id) => {
    const { status, body } = await world.ask<PasswordLinkDto>(admin, `/admin/users/${id}/password-link`, {
      method: 'POST',
    });
    expect(status).toBe(201);
    return body;
  };
  const tokenIn = ({ url }: PasswordLinkDto) => new URL(url).searchParams.get('token') ?? '';
  const use = async (token: unknown, newPassword: unknown = PASSWORD) =>
    world.ask<Problem | null>(null, '/auth/password-link', { json: { token, newPassword } });
  const login = async (password: string) =>
    (await world.ask(null, '/auth/login', { json: { email: 'ada@example.com', password } })).status;
  const refused = { status: 401, body: { code: 'auth.link_invalid' } };

  it('set it once and end all sessions', async () => {
    const session = await tokenOf(world.api.app, user);
    const made = await link();
    expect(made.url).toMatch(/^https:\/\/nexus\.example\.com\/set-password\?token=[\w-]{43}$/);
    expect(Date.parse(made.expiresAt)).toBe(world.clock.now().getTime() + 24 * HOUR_MS);
    expect((await use(tokenIn(made))).status).toBe(204);
    expect(await login(PASSWORD)).toBe(200);
    expect((await world.api.call('/api/v1/users/me', { token: session })).status).toBe(401);
    expect(await use(tokenIn(made), 'another password')).toMatchObject(refused);
    expect(await login(PASSWORD)).toBe(200);
  });

  it('are kept as a hash, and are in the audit log without their token', async () => {
    const made = await link();
    const rows = await world.database.query('SELECT * FROM password_links');
    expect(rows).toHaveLength(1);
    expect(await world.audit()).toEqual([
      {
        actor: `user:${admin.id}`,
        action: 'user.password_link_made',
        subject: `users/${user.id}`,
        before: null,
        after: { expiresAt: made.expiresAt },
      },
    ]);
    expect(JSON.stringify([rows, await world.audit()])).not.toContain(tokenIn(made));
  });

  it('are good for nothing once there is a newer one', async () => {
    const [older, newer] = [await link(), await link()];
    expect(await use(tokenIn(older))).toMatchObject(refused);
    expect((await use(tokenIn(newer))).status).toBe(204);
  });

  it('are good for nothing once their owner has set a password himself', async () => {
    await use(tokenIn(await link()));
    const lost = tokenIn(await link());
    const call = { json: { currentPassword: PASSWORD, newPassword: 'his own new password' } };
    expect((await world.ask(user, '/users/me/password', call)).status).toBe(204);
    expect(await use(lost, 'that of a finder')).toMatchObject(refused);
    expect(await login('his own new password')).toBe(200);
  });

  it('are used by one of those who come at once', async () => {
    const token = tokenIn(await link());
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => use(token)))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, ...Array.from({ length: 7 }, () => 401)]);
  });

  it('expire after a day, and are forgotten then', async () => {
    const token = tokenIn(await link());
    world.clock.advance(24 * HOUR_MS);
    expect(await use(token)).toMatchObject(refused);
    await world.api.app.get(PasswordLinks, { strict: false }).forgetExpired();
    expect(await world.database.query('SELECT 1 FROM password_links')).toEqual([]);
  });

  it('open no account that is disabled or gone, and are not made for one that is not there', async () => {
    const token = tokenIn(await link());
    await world.database.query('UPDATE users SET is_active = false WHERE id = $1', [user.id]);
    expect(await use(token)).toMatchObject(refused);
    await world.database.query('DELETE FROM users WHERE id = $1', [user.id]);
    expect(await use(token)).toMatchObject(refused);
    const path = `/admin/users/${randomUUID()}/password-link`;
    expect((await world.ask(admin, path, { method: 'POST' })).body.code).toBe('accounts.user_not_found');
  });

  it('ask for a password of the right length, and keep theirs when it is not', async () => {
    const token = tokenIn(await link());
    expect((await use(token, 'short')).status).toBe(400);
    expect((await use(token, null)).status).toBe(400);
    expect((await use('')).status).toBe(400);
    expect((await use({})).status).toBe(400);
    expect((await use(token)).status).toBe(204);
  });

  it('are tried thirty times a minute from an address', async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, async (_, i) => (await use(`made up ${i}`)).status));
    // A token comes back every two seconds.
    expect(statuses.filter((status) => status === 401).length).toBeGreaterThanOrEqual(30);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
  });
});
