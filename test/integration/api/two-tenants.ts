import type { Nexus } from '../../../src/nexus.js';
import { Notifications } from '../../../src/features/notifications/index.js';
import { Database } from '../../../src/platform/database/database.js';
import { SignedLinks } from '../../../src/platform/signed-links/signed-links.js';

/** What a tenant of the sweep has; two of them have it all under the same names. */
export interface Tenant {
  id: string;
  email: string;
  token: string;
  /** By the name of the thing. */
  ids: Record<'credential' | 'task' | 'notification' | 'webhook' | 'delivery', string>;
  fileLink: string;
}

export const PASSWORD = 'correct horse battery';

interface Call {
  method?: string;
  token?: string;
  json?: unknown;
}

export function send(nexus: Nexus, path: string, { method = 'GET', token, json }: Call = {}): Promise<Response> {
  return fetch(`${nexus.url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
}

export async function makeTenant(nexus: Nexus, email: string): Promise<Tenant> {
  const post = async (path: string, json: unknown, token?: string) => {
    const response = await send(nexus, `/api/v1${path}`, { method: 'POST', json, token });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: string; accessToken: string; user: { id: string } };
  };
  const { accessToken: token, user } = await post('/auth/register', { email, password: PASSWORD });
  const credential = await post(
    '/credentials',
    { platform: 'telegram', accountName: 'Main', secrets: { botToken: '1:secret-of-a-bot', chatId: '1' } },
    token,
  );
  const webhook = await post('/webhooks', { url: 'https://example.com/hook', events: ['quota.reached'] }, token);
  await nexus.app.get(Notifications).tell(user.id, {
    event: 'quota.reached',
    key: 'quota:recordings:2026-11',
    params: { quota: 'recordings', limit: 100, used: 100 },
  });
  const idOf = async (table: string) => {
    const rows = await nexus.app
      .get(Database)
      .query<{ id: string }>(`SELECT id FROM ${table} WHERE user_id = $1`, [user.id]);
    return rows[0]?.id ?? '';
  };
  await nexus.app
    .get(Database)
    .query(`INSERT INTO tasks (user_id, kind, payload, dedup_key) VALUES ($1, 'sweep.wait', '{}', 'same')`, [user.id]);
  const link = nexus.app.get(SignedLinks).make({
    owner: user.id,
    key: `media/user_${user.id}/recordings/1/video.mp4`,
    fileName: 'video.mp4',
    contentType: 'video/mp4',
    disposition: 'inline',
  });
  return {
    id: user.id,
    email,
    token,
    ids: {
      credential: credential.id,
      webhook: webhook.id,
      task: await idOf('tasks'),
      notification: await idOf('notifications'),
      delivery: await idOf('webhook_deliveries'),
    },
    fileLink: link,
  };
}
