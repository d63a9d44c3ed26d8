const ADMIN_PASSWORD = 'correct horse battery';

/** For a service that an operator asks again and again: its log tells what is wrong. */
export const OPERATED = { ADMIN_PASSWORD, LOG_LEVEL: 'warn' };

/** What is read here of the operator's lists. */
export interface Page<Item> {
  items: Item[];
  total: number;
}

export interface Attempt {
  provider: string;
  egress: string;
  durationBucket: string;
  /** Why it was its turn. */
  reason: string;
  startedAt: string;
  endedAt: string;
  outcome: string;
  errorClass: string | null;
  errorCode: string | null;
  tries: { kind: string; egress: string; errorCode: string | null }[];
  downloadHost: string | null;
  downloadTimeMs: number | null;
  fileSizeBytes: number | null;
  costUsd: string;
}

export interface Download {
  id: string;
  errorRef: string;
  state: string;
  durationSec: number | null;
  ruleId: string | null;
  attempts: Attempt[];
}

export interface Circuit {
  key: string;
  state: 'open' | 'half_open';
  openUntil: string | null;
  reason: string;
}

export interface ProviderView {
  id: string;
  name: string;
  isActive: boolean;
  healthStatus: string;
  dailySpentUsd: string;
}

/** The first admin, who runs a service by its REST. */
export class Operator {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async login(url: string): Promise<Operator> {
    const guest = new Operator(url, '');
    const account = { email: 'admin@example.com', password: ADMIN_PASSWORD };
    const { accessToken } = await guest.send<{ accessToken: string }>('POST', '/auth/login', account);
    return new Operator(url, accessToken);
  }

  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  async items<T>(path: string): Promise<T[]> {
    return (await this.get<Page<T>>(path)).items;
  }

  async provider(name: string): Promise<ProviderView> {
    const found = (await this.items<ProviderView>('/providers')).find((provider) => provider.name === name);
    if (!found) throw new Error(`There is no provider ${name}`);
    return found;
  }

  async change(name: string, changes: object): Promise<void> {
    await this.send('PATCH', `/providers/${(await this.provider(name)).id}`, changes);
  }

  /** A rule before all others. @returns its id */
  async addFirstRule(rule: { platform: string; providerChain: string[] }): Promise<string> {
    const { id } = await this.send<{ id: string }>('POST', '/routing-rules', rule);
    const others = (await this.items<{ id: string }>('/routing-rules?pageSize=100')).filter((each) => each.id !== id);
    await this.send('PUT', '/routing-rules/order', { ids: [id, ...others.map((other) => other.id)] });
    return id;
  }

  circuits(): Promise<Circuit[]> {
    return this.items('/circuits?pageSize=100');
  }

  /** Why each provider of the chain would be taken or passed over. */
  async verdicts(url: string, durationSec: number): Promise<Record<string, string>> {
    const { chain } = await this.send<{ chain: { provider: string; reason: string }[] }>(
      'POST',
      '/routing-rules/test',
      {
        url,
        durationSec,
      },
    );
    return Object.fromEntries(chain.map(({ provider, reason }) => [provider, reason]));
  }

  /** The newest download that somebody has asked for. */
  async downloadOf(tgUserId: number): Promise<Download> {
    const [found] = await this.items<Download>(`/downloads?tgUserId=${tgUserId}`);
    if (!found) throw new Error(`Nobody called ${tgUserId} has asked for anything`);
    return this.get(`/downloads/${found.id}`);
  }
}
