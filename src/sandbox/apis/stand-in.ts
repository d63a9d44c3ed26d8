import type { Router } from 'express';
import type { ApiName } from './api-names.js';
import type { Behaviours } from './behaviour.js';

/** What is left of what an API lets its customer use. */
export interface QuotaView {
  limit: number;
  remaining: number;
}

export interface AdjustableQuota {
  readonly view: QuotaView;
  set(change: Partial<QuotaView>): void;
}

/** The tokens of an authorisation server, as far as they are controlled from outside. */
export interface RevocableTokens {
  /** Every access token ends now. @returns how many */
  expireAccess(): number;
  /** No token, neither access nor refresh, works any more: of one account, or of all. @returns how many */
  revoke(accountId?: string): number;
}

/** An API of the outside world, as far as Nexus talks to it. */
export interface StandIn {
  api: ApiName;
  behaviours: Behaviours;
  /** For the doors that it answers at. */
  routers: Readonly<Record<string, Router>>;
  /** Null for an API that tells none. */
  quota: AdjustableQuota | null;
  /** Null for an API that has keys. */
  tokens: RevocableTokens | null;
  reset(): void;
}
