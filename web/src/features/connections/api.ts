import { request, requestJson } from '../../shared/http/http';

export type AccountStatus = 'active' | 'invalid' | 'expired' | 'unknown';

/** A user's account on another platform. */
export interface Connection {
  id: string;
  platform: string;
  accountName: string;
  status: AccountStatus;
  /** Why it is not active, or was not checked; in English. */
  reason: string | null;
  /** What may be shown of each secret, by its name. */
  masked: Record<string, string>;
}

export interface ConnectionPlatform {
  platform: string;
  oauth: {
    available: boolean;
    /** Why not; in English. */
    reason: string | null;
    /** The `{platform}` of `/oauth/{platform}/authorize`; null for platforms that know keys only. */
    name: string | null;
  };
}

/** What the platforms say of an account when they are asked. */
export type AccountCheck = Pick<Connection, 'id' | 'status' | 'reason'>;

interface Page {
  items: Connection[];
  total: number;
}

const PAGE_SIZE = 100;

export async function loadConnections(signal: AbortSignal): Promise<Connection[]> {
  const found: Connection[] = [];
  for (let page = 1; ; page += 1) {
    const path = `/api/v1/credentials?page=${page}&pageSize=${PAGE_SIZE}`;
    const { items, total } = await requestJson<Page>(path, { signal });
    found.push(...items);
    if (items.length === 0 || found.length >= total) return found;
  }
}

export const loadPlatforms = (signal: AbortSignal): Promise<ConnectionPlatform[]> =>
  requestJson('/api/v1/credentials/platforms', { signal });

/** Has every platform asked, which may take ten seconds. */
export async function checkConnections(signal: AbortSignal): Promise<AccountCheck[]> {
  const platforms = await requestJson<{ accounts: AccountCheck[] }[]>('/api/v1/credentials/status', { signal });
  return platforms.flatMap(({ accounts }) => accounts);
}

/** Leaves for the consent page of the platform; the browser comes back to `/connections?oauth=…`. */
export async function connect(oauthName: string): Promise<void> {
  const { authorizationUrl } = await requestJson<{ authorizationUrl: string }>(`/api/v1/oauth/${oauthName}/authorize`);
  location.assign(authorizationUrl);
}

export async function disconnect(id: string): Promise<void> {
  await request(`/api/v1/credentials/${id}`, { method: 'DELETE' });
}
