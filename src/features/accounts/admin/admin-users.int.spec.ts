import { randomUUID } from 'node:crypto';
import type { Account, Principal } from '../../../platform/auth/principal.js';
import type { Problem } from '../../../platform/errors/problem.js';
import type { Page } from '../../../platform/http-server/paging.js';
import { ALL_PERMISSIONS } from '../limits/limits.js';
import { Quotas } from '../limits/quotas.js';
import { tokenOf } from '../testing/token-of.js';
import type { ProfileDto } from '../users/me/users.dto.js';
import { User } from '../users/user.entity.js';
import type { AdminUserDto } from './admin-users.dto.js';
import { AdminUsersService } from './admin-users.service.js';
import { adminApi, type AdminApi } from './testing/admin-api.js';

describe('/api/v1/admin/users', () => {
  let world: AdminApi;
  let admin: Account;

  beforeAll(async () => {
    world = await adminApi();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    await world.database.query('DELETE FROM users');
    await world.database.query('DELETE FROM audit_log');
    admin = await world.make({ email: 'admin@example.com', role: 'admin' });
  });

  const ask = <Body = Problem>(path = '', call = {}) => world.ask<Body>(admin, `/admin/users${path}`, call);
  const patch = <Body = ProfileDto>(id: string, json: object) => ask<Body>(`/${id}`, { method: 'PATCH', json });
  const remove = (id: string) => ask(`/${id}`, { method: 'DELETE' });
  const isThere = (id: string) => world.database.repository(User).existsBy({ id });

  it('is for admins alone', async () => {
    const { id } = await world.make();
    for (const [method, path] of [
      ['GET', ''],
      ['POST', ''],
      ['GET', `/${id}`],
      ['PATCH', `/${id}`],
      ['DELETE', `/${id}`],
      ['POST', `/${id}/password-link`],
    ] as const) {
      expect((await world.ask(null, `/admin/users${path}`, { method })).status).toBe(401);
      expect((await world.ask(await world.make(), `/admin/users${path}`, { method })).status).toBe(403);
    }
  });

  it('lists by text, role and state, sorted and paged', async () => {
    await world.make({ email: 'bob@example.com', name: 'Bob', isActive: false });
    await world.make({ email: 'carol@example.org', name: 'Боб 100%' });
    const emails = async (query: string) =>
      (await ask<Page<AdminUserDto>>(`?${query}`)).body.items.map(({ email }) => email);
    expect(await emails('')).toEqual(['carol@example.org', 'bob@example.com', 'admin@example.com']);
    expect(await emails('sort=email')).toEqual(['admin@example.com', 'bob@example.com', 'carol@example.org']);
    expect(await emails('text=BOB')).toEqual(['bob@example.com']);
    expect(await emails(`text=${encodeURIComponent('100%')}`)).toEqual(['carol@example.org']);
    expect(await emails('role=admin')).toEqual(['admin@example.com']);
    expect(await emails('isActive=false')).toEqual(['bob@example.com']);
    expect((await ask<Page<AdminUserDto>>('?sort=-email&pageSize=1&page=2')).body).toMatchObject({
      items: [{ email: 'bob@example.com' }],
      total: 3,
      page: 2,
      pageSize: 1,
    });
    for (const query of ['role=boss', 'isActive=2', 'sort=passwordHash', 'text=%00']) {
      expect((await ask(`?${query}`)).status).toBe(400);
    }
  });

  it('shows one with what it uses, and nothing secret or of its media', async () => {
    const { id, email } = await world.make({ name: 'Ada', passwordHash: '$argon2id$secret' });
    await world.api.app.get(Quotas, { strict: false }).claim(id, 'recordings', 7);
    const { body, text } = await ask<ProfileDto>(`/${id}`);
    expect(body).toEqual({
      id,
      email,
      name: 'Ada',
      role: 'user',
      isActive: true,
      language: 'en',
      timezone: 'UTC',
      permissions: ALL_PERMISSIONS,
      quotas: expect.objectContaining({ maxRecordingsPerMonth: 100 }) as object,
      usage: { recordingsThisMonth: 7, storageBytes: 0, runningTasks: 0, automationJobs: 0 },
      createdAt: expect.stringMatching(/Z$/) as string,
    });
    expect(text + (await ask()).text).not.toContain('argon2');
    expect((await ask(`/${randomUUID()}`)).body.code).toBe('accounts.user_not_found');
    expect((await ask('/1')).status).toBe(400);
  });

  it('makes an account that nothing opens yet, once for an e-mail', async () => {
    const json = { email: 'new@example.com', name: 'New', role: 'admin' };
    const { status, body } = await ask<ProfileDto>('', { json });
    expect(status).toBe(201);
    expect(body).toMatchObject({ ...json, isActive: true, permissions: ALL_PERMISSIONS });
    expect((await ask('', { json: { email: 'NEW@example.com' } })).body).toMatchObject({
      status: 409,
      code: 'auth.email_taken',
    });
    expect(await world.audit()).toEqual([
      {
        actor: `user:${admin.id}`,
        action: 'user.created',
        subject: `users/${body.id}`,
        before: null,
        after: { role: 'admin' },
      },
    ]);
    expect(JSON.stringify(await world.audit())).not.toContain('example.com');
  });

  it('changes what is sent and leaves the rest, and says so in the audit log', async () => {
    const { id } = await world.make({ name: 'Ada' });
    const { body } = await patch(id, {
      name: 'Grace',
      permissions: { canUpload: false },
      quotas: { maxStorageBytes: 2 ** 41 },
    });
    expect(body).toMatchObject({
      name: 'Grace',
      role: 'user',
      permissions: { ...ALL_PERMISSIONS, canUpload: false },
      quotas: { maxStorageBytes: 2 ** 41, maxRecordingsPerMonth: 100 },
    });
    expect((await ask<ProfileDto>(`/${id}`)).body).toEqual(body);
    expect((await patch(id, { permissions: { canUpload: false } })).status).toBe(200);
    expect((await patch(id, {})).status).toBe(200);
    expect(await world.audit()).toMatchObject([
      {
        action: 'user.updated',
        subject: `users/${id}`,
        before: { name: '••••', 'permissions.canUpload': true, 'quotas.maxStorageBytes': 50 * 2 ** 30 },
        after: { name: '••••', 'permissions.canUpload': false, 'quotas.maxStorageBytes': 2 ** 41 },
      },
    ]);
    expect((await patch<Problem>(randomUUID(), {})).body.code).toBe('accounts.user_not_found');
  });

  it.each<[object, string]>([
    [{ role: 'boss' }, 'role'],
    [{ role: null }, 'role'],
    [{ isActive: 'yes' }, 'isActive'],
    [{ isActive: null }, 'isActive'],
    [{ name: 'zero \0 byte' }, 'name'],
    [{ email: 'other@example.com' }, 'email'],
    [{ permissions: null }, 'permissions'],
    [{ permissions: [] }, 'permissions'],
    [{ permissions: { canFly: true } }, 'permissions.canFly'],
    [{ permissions: { canUpload: null } }, 'permissions.canUpload'],
    [{ quotas: { maxStorageBytes: -1 } }, 'quotas.maxStorageBytes'],
    [{ quotas: { maxStorageBytes: 1e300 } }, 'quotas.maxStorageBytes'],
    [{ quotas: { maxConcurrentTasks: 1.5 } }, 'quotas.maxConcurrentTasks'],
    [{ quotas: { minAutomationIntervalHours: 0 } }, 'quotas.minAutomationIntervalHours'],
    [{ quotas: { maxAutomationJobs: null } }, 'quotas.maxAutomationJobs'],
  ])('refuses %j', async (json, field) => {
    const { id } = await world.make();
    const { status, body } = await patch<Problem>(id, json);
    expect(status).toBe(400);
    expect(new Set(body.errors?.map((problem) => problem.field))).toEqual(new Set([field]));
  });

  it('disables and demotes at once, though the token lives', async () => {
    const { id, email } = await world.make({ role: 'admin' });
    const other = await tokenOf(world.api.app, { id, email, role: 'admin' });
    const statusOf = async (path: string) => (await world.api.call(`/api/v1${path}`, { token: other })).status;
    expect(await statusOf('/admin/users')).toBe(200);
    await patch(id, { role: 'user' });
    expect(await statusOf('/admin/users')).toBe(403);
    expect(await statusOf('/users/me')).toBe(200);
    await patch(id, { isActive: false });
    expect(await statusOf('/users/me')).toBe(401);
  });

  it('ends the sessions of whoever it disables: they do not come back with the account', async () => {
    const { id, email } = await world.make();
    const token = await tokenOf(world.api.app, { id, email, role: 'user' });
    const statusOf = async () => (await world.api.call('/api/v1/users/me', { token })).status;
    await patch(id, { isActive: true, name: 'Ada' });
    expect(await statusOf()).toBe(200);
    await patch(id, { isActive: false });
    await patch(id, { isActive: true });
    expect(await statusOf()).toBe(401);
    expect(await world.database.query('SELECT end_reason FROM sessions WHERE user_id = $1', [id])).toEqual([
      { end_reason: 'disabled' },
    ]);
  });

  it('deletes an account, and tells the audit log of nobody by name', async () => {
    const { id } = await world.make({ name: 'Ada' });
    expect((await remove(id)).status).toBe(204);
    expect(await isThere(id)).toBe(false);
    expect((await remove(id)).body.code).toBe('accounts.user_not_found');
    expect(await world.audit()).toMatchObject([
      { action: 'user.deleted', subject: `users/${id}`, before: { role: 'user', isActive: true }, after: null },
    ]);
  });

  describe('the last active admin', () => {
    it.each<[string, (id: string) => Promise<{ status: number; body: unknown }>]>([
      ['demoted', (id) => patch(id, { role: 'user' })],
      ['disabled', (id) => patch(id, { isActive: false })],
      ['deleted', remove],
    ])('is not %s, whatever disabled ones there are', async (_, change) => {
      await world.make({ role: 'admin', isActive: false });
      const refused = await change(admin.id);
      expect(refused).toMatchObject({ status: 409, body: { code: 'accounts.last_admin' } });
      expect((await patch(admin.id, { name: 'Boss', role: 'admin' })).status).toBe(200);
      await world.make({ role: 'admin' });
      expect((await change(admin.id)).status).toBeLessThan(300);
    });

    it('stays, though all are taken away at once', async () => {
      const service = world.api.app.get(AdminUsersService, { strict: false });
      const by: Principal = { ...admin, expiresAt: new Date(0) };
      const ids = [admin.id];
      for (let i = 0; i < 8; i++) ids.push((await world.make({ role: 'admin' })).id);
      const results = await Promise.allSettled(
        ids.map((id, i) => {
          if (i % 3 === 0) return service.update(by, id, { role: 'user' });
          if (i % 3 === 1) return service.update(by, id, { isActive: false });
          return service.delete(by, id);
        }),
      );
      const refusals = results.filter((result) => result.status === 'rejected');
      expect(refusals).toMatchObject([{ reason: { code: 'accounts.last_admin' } }]);
      expect(await world.database.repository(User).countBy({ role: 'admin', isActive: true })).toBe(1);
    });
  });
});
