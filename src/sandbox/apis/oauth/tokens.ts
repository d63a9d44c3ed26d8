import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../platform/clock/clock.js';
import type { Table } from '../../state/journal.js';
import type { OAuthCode, OAuthToken } from '../../state/records.js';
import type { SandboxState } from '../../state/state.js';
import type { ApiName } from '../api-names.js';
import type { RevocableTokens } from '../stand-in.js';

export const CODE_SEC = 5 * 60;

/** Whose it is, and what it lets do. */
export type Grant = Pick<OAuthToken, 'accountId' | 'scopes' | 'deviceId'>;

/** How codes and tokens of a platform begin, as people who have seen them know. */
export interface TokenPrefixes {
  code: string;
  access: string;
  refresh: string;
}

/** What one authorisation server has handed out. It outlives the process. */
export class Tokens implements RevocableTokens {
  constructor(
    private readonly api: ApiName,
    private readonly state: SandboxState,
    private readonly clock: Clock,
    private readonly prefixes: TokenPrefixes,
  ) {}

  issueCode(code: Omit<OAuthCode, 'api' | 'code' | 'expiresAt'>): string {
    const name = this.prefixes.code + secret();
    this.state.oauthCodes.put(name, { ...code, api: this.api, code: name, expiresAt: this.inSec(CODE_SEC) });
    return name;
  }

  /** Good once, whatever comes of it. @returns null for one that is unknown, used or too old */
  takeCode(name: string): OAuthCode | null {
    const code = this.state.oauthCodes.get(name);
    if (code?.api !== this.api) return null;
    this.state.oauthCodes.remove(name);
    return code.expiresAt > this.now() ? code : null;
  }

  issueAccess(grant: Grant, lifetimeSec: number): string {
    return this.issue('access', grant, this.inSec(lifetimeSec));
  }

  issueRefresh(grant: Grant): string {
    return this.issue('refresh', grant, null);
  }

  access(token: string): OAuthToken | 'expired' | 'unknown' {
    const found = this.find(token);
    if (found?.kind !== 'access') return 'unknown';
    return found.expiresAt !== null && found.expiresAt <= this.now() ? 'expired' : found;
  }

  refresh(token: string): OAuthToken | null {
    const found = this.find(token);
    return found?.kind === 'refresh' ? found : null;
  }

  /** Of either kind, also when it has ended by time. */
  find(token: string): OAuthToken | null {
    const found = this.state.oauthTokens.get(token);
    return found?.api === this.api ? found : null;
  }

  forget(token: string): void {
    this.state.oauthTokens.remove(token);
  }

  hasConsented(accountId: string): boolean {
    return this.state.oauthConsents.get(this.consentKey(accountId)) !== undefined;
  }

  rememberConsent(accountId: string): void {
    this.state.oauthConsents.put(this.consentKey(accountId), { api: this.api, accountId });
  }

  expireAccess(): number {
    const live = this.all().filter(({ token }) => typeof this.access(token) === 'object');
    for (const token of live) this.state.oauthTokens.put(token.token, { ...token, expiresAt: this.now() });
    return live.length;
  }

  revoke(accountId?: string): number {
    const isMeant = (of: { accountId: string }): boolean => accountId === undefined || of.accountId === accountId;
    const meant = this.all().filter(isMeant);
    for (const { token } of meant) this.forget(token);
    for (const consent of this.ours(this.state.oauthConsents).filter(isMeant)) {
      this.state.oauthConsents.remove(this.consentKey(consent.accountId));
    }
    return meant.length;
  }

  clear(): void {
    this.revoke();
    for (const { code } of this.ours(this.state.oauthCodes)) this.state.oauthCodes.remove(code);
  }

  private issue(kind: OAuthToken['kind'], grant: Grant, expiresAt: number | null): string {
    const token = this.prefixes[kind] + secret();
    const { accountId, scopes, deviceId } = grant;
    this.state.oauthTokens.put(token, { api: this.api, token, kind, accountId, scopes, deviceId, expiresAt });
    return token;
  }

  private all(): OAuthToken[] {
    return this.ours(this.state.oauthTokens);
  }

  private ours<T extends { api: ApiName }>(table: Table<T>): T[] {
    return table.all().filter(({ api }) => api === this.api);
  }

  private consentKey(accountId: string): string {
    return `${this.api}:${accountId}`;
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private inSec(seconds: number): number {
    return this.now() + seconds * 1000;
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
