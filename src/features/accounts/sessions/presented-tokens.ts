import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { refreshInvalid, refreshReused } from '../accounts.errors.js';
import { RefreshCookie } from './refresh-cookie.js';
import { Sessions, type IssuedTokens, type Refreshed } from './sessions.js';

/** Refresh tokens as requests show them: in their body, else in the cookie. */
@Injectable()
export class PresentedTokens {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: RefreshCookie,
  ) {}

  /** @throws DomainError `auth.refresh_invalid`, `auth.refresh_reused`, `auth.foreign_origin`. */
  async exchange(request: Request, response: Response, inBody?: string): Promise<IssuedTokens> {
    if (inBody) return issuedOf(await this.sessions.refresh(inBody, 'token'));
    this.cookie.assertOwnOrigin(request);
    const token = this.cookie.read(request);
    const refreshed = token ? await this.sessions.refresh(token, 'cookie') : 'invalid';
    if (typeof refreshed === 'string') this.cookie.clear(response);
    return this.cookie.deliver(response, issuedOf(refreshed));
  }

  /** Ends the session of the token that is shown. Pages of other sites end nothing by our cookie, and are not told. */
  async end(request: Request, response: Response, inBody?: string): Promise<void> {
    if (inBody) return this.sessions.end(inBody);
    if (!this.cookie.isOwnOrigin(request)) return;
    const token = this.cookie.read(request);
    if (token) await this.sessions.end(token);
    this.cookie.clear(response);
  }
}

function issuedOf(refreshed: Refreshed): IssuedTokens {
  if (refreshed === 'invalid') throw refreshInvalid();
  if (refreshed === 'reused') throw refreshReused();
  return refreshed;
}
