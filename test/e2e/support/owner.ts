import { answerConsent, type Choice } from '../../../src/sandbox/testing/consent.js';

export const PASSWORD = 'correct horse battery';

export interface SignedIn {
  accessToken: string;
  refreshToken: string;
  user: { id: string; email: string; role: string };
}

interface Credential {
  id: string;
  platform: string;
  accountName: string;
  status: string;
  masked: Record<string, string>;
}

interface AccountStatus {
  id: string;
  accountName: string;
  status: string;
  reason: string | null;
}

interface PlatformStatus {
  platform: string;
  accounts: AccountStatus[];
}

interface Call {
  method?: string;
  token?: string;
  json?: unknown;
}

/** One request to the API of a service. */
export function callApi(url: string, path: string, { method = 'GET', token, json }: Call = {}): Promise<Response> {
  return fetch(`${url}/api/v1${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    body: json === undefined ? undefined : JSON.stringify(json),
  });
}

/** @throws with the problem of every answer that is not 2xx */
export async function askApi<T>(url: string, path: string, call: Call = {}): Promise<T> {
  const response = await callApi(url, path, call);
  const text = await response.text();
  if (!response.ok) throw new Error(`${call.method ?? 'GET'} ${path}: ${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Somebody with an account and a program that uses the API for him. */
export class Owner {
  private constructor(
    readonly url: string,
    readonly signedIn: SignedIn,
  ) {}

  static async register(url: string, email: string): Promise<Owner> {
    const json = { email, password: PASSWORD };
    return new Owner(url, await askApi<SignedIn>(url, '/auth/register', { method: 'POST', json }));
  }

  static async login(url: string, email: string): Promise<Owner> {
    const json = { email, password: PASSWORD };
    return new Owner(url, await askApi<SignedIn>(url, '/auth/login', { method: 'POST', json }));
  }

  /** The same session at another process. */
  at(url: string): Owner {
    return new Owner(url, this.signedIn);
  }

  call(method: string, path: string, json?: unknown): Promise<Response> {
    return callApi(this.url, path, { method, json, token: this.signedIn.accessToken });
  }

  send<T>(method: string, path: string, json?: unknown): Promise<T> {
    return askApi(this.url, path, { method, json, token: this.signedIn.accessToken });
  }

  get<T>(path: string): Promise<T> {
    return this.send('GET', path);
  }

  /** Goes through the consent page of a platform. @returns where the browser ends */
  async connect(platform: string, choice: Choice = {}): Promise<URL> {
    const { authorizationUrl } = await this.get<{ authorizationUrl: string }>(`/oauth/${platform}/authorize`);
    const callback = await fetch(await answerConsent(authorizationUrl, choice), { redirect: 'manual' });
    if (callback.status !== 302) throw new Error(`${callback.url}: ${callback.status} ${await callback.text()}`);
    return new URL(callback.headers.get('location') ?? '');
  }

  async credentials(): Promise<Credential[]> {
    return (await this.get<{ items: Credential[] }>('/credentials')).items;
  }

  /** Has every platform asked how its accounts are. */
  async statuses(): Promise<AccountStatus[]> {
    return (await this.get<PlatformStatus[]>('/credentials/status')).flatMap(({ accounts }) => accounts);
  }
}
