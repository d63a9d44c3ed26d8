import { challengeOf } from '../apis/oauth/pkce.js';
import { answerConsent, type Choice } from './consent.js';

export const REDIRECT_URI = 'http://127.0.0.1:3000/api/v1/oauth/x/callback?kept=1';
const VERIFIER = 'v'.repeat(43);
const BASIC = `Basic ${Buffer.from('sandbox:sandbox-secret').toString('base64')}`;

export interface Reply {
  status: number;
  body: Record<string, unknown>;
}

interface Profile {
  authorizePath: string;
  tokenPath: string;
  /** What its authorisation URL has besides what all have. */
  query: Record<string, string>;
  /** The client's own parameters and headers at the token endpoint. */
  client: Record<string, string>;
  clientHeaders?: Record<string, string>;
  identity: (token: string) => { path: string; init: RequestInit };
}

const SECRET = { client_id: 'sandbox', client_secret: 'sandbox-secret' };
const authorized = (authorization: string, method = 'GET'): RequestInit => ({ method, headers: { authorization } });

export const PROFILES = {
  google: {
    authorizePath: '/o/oauth2/v2/auth',
    tokenPath: '/token',
    query: {
      scope: 'https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube.readonly',
      access_type: 'offline',
      prompt: 'consent',
    },
    client: SECRET,
    identity: (token) => ({
      path: '/youtube/v3/channels?part=snippet,statistics&mine=true',
      init: authorized(`Bearer ${token}`),
    }),
  },
  vk: {
    authorizePath: '/authorize',
    tokenPath: '/oauth2/auth',
    query: { scope: 'vkid.personal_info video wall' },
    client: { client_id: 'sandbox', state: 'again' },
    identity: (token) => ({
      path: '/method/users.get',
      init: { method: 'POST', body: new URLSearchParams({ access_token: token, v: '5.199' }) },
    }),
  },
  zoom: {
    authorizePath: '/oauth/authorize',
    tokenPath: '/oauth/token',
    query: {},
    client: {},
    clientHeaders: { authorization: BASIC },
    identity: (token) => ({ path: '/v2/users/me', init: authorized(`Bearer ${token}`) }),
  },
  yandex: {
    authorizePath: '/authorize',
    tokenPath: '/token',
    query: {},
    client: SECRET,
    identity: (token) => ({ path: '/v1/disk', init: authorized(`OAuth ${token}`) }),
  },
  dropbox: {
    authorizePath: '/oauth2/authorize',
    tokenPath: '/oauth2/token',
    query: { token_access_type: 'offline' },
    client: SECRET,
    identity: (token) => ({
      path: '/2/users/get_current_account',
      init: authorized(`Bearer ${token}`, 'POST'),
    }),
  },
} as const satisfies Record<string, Profile>;

export type OAuthApi = keyof typeof PROFILES;

/** A client of one authorisation server, as its platform wants it; every part of a request can be changed. */
export class OAuthClient {
  private readonly profile: Profile;

  constructor(
    api: OAuthApi,
    readonly root: string,
  ) {
    this.profile = PROFILES[api];
  }

  authorizationUrl(changes: Record<string, string> = {}): string {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'sandbox',
      redirect_uri: REDIRECT_URI,
      state: 'a state/&=',
      code_challenge: challengeOf(VERIFIER),
      code_challenge_method: 'S256',
      ...this.profile.query,
      ...changes,
    });
    return `${this.root}${this.profile.authorizePath}?${query.toString()}`;
  }

  /** @returns what the browser brings back */
  async authorize(choice: Choice = {}, changes: Record<string, string> = {}): Promise<Record<string, string>> {
    return Object.fromEntries((await answerConsent(this.authorizationUrl(changes), choice)).searchParams);
  }

  async exchange(callback: Record<string, string>, changes: Record<string, string> = {}): Promise<Reply> {
    const { code = '', device_id } = callback;
    return this.token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
      ...(device_id === undefined ? {} : { device_id }),
      ...changes,
    });
  }

  /** Consent and exchange in one. @returns tokens, with the `device_id` that came with the code */
  async connect(choice: Choice = {}): Promise<Record<string, string>> {
    const callback = await this.authorize(choice);
    const { body } = await this.exchange(callback);
    const { device_id } = callback;
    return { ...(body as Record<string, string>), ...(device_id === undefined ? {} : { device_id }) };
  }

  refresh(tokens: Record<string, string>, changes: Record<string, string> = {}): Promise<Reply> {
    const { refresh_token = '', device_id } = tokens;
    return this.token({
      grant_type: 'refresh_token',
      refresh_token,
      ...(device_id === undefined ? {} : { device_id }),
      ...changes,
    });
  }

  token(parameters: Record<string, string>, headers: Record<string, string> = {}): Promise<Reply> {
    return reply(`${this.root}${this.profile.tokenPath}`, {
      method: 'POST',
      headers: { ...this.profile.clientHeaders, ...headers },
      body: new URLSearchParams({ ...this.profile.client, ...parameters }),
    });
  }

  whoAmI(token = ''): Promise<Reply> {
    const { path, init } = this.profile.identity(token);
    return reply(this.root + path, init);
  }
}

export async function reply(url: string, init?: RequestInit): Promise<Reply> {
  const response = await fetch(url, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
