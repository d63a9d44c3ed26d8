import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { cookieOf } from '../../../platform/http-server/cookies.js';
import { isFromOwnPage } from '../../../platform/http-server/own-origin.js';
import { foreignOrigin } from '../accounts.errors.js';
import type { IssuedTokens } from './sessions.js';

const REFRESH_COOKIE = 'nexus_refresh';

/** The cookie in which browsers keep their refresh token: scripts cannot read it, other sites cannot send it. */
@Injectable()
export class RefreshCookie {
  private readonly options: CookieOptions;

  constructor(@Inject(processConfig.key) private readonly config: ProcessConfig) {
    const secure = config.publicBaseUrl?.startsWith('https://') ?? false;
    this.options = { httpOnly: true, sameSite: 'strict', path: '/api/v1/auth', secure };
  }

  read(request: Request): string | undefined {
    return cookieOf(request, REFRESH_COOKIE);
  }

  /** Sets it where the session lives in one. @returns what it was given */
  deliver<Tokens extends IssuedTokens>(response: Response, tokens: Tokens): Tokens {
    if (tokens.kind === 'cookie') {
      response.cookie(REFRESH_COOKIE, tokens.refreshToken, { ...this.options, maxAge: tokens.refreshTtlMs });
    }
    return tokens;
  }

  clear(response: Response): void {
    response.clearCookie(REFRESH_COOKIE, this.options);
  }

  /** @throws DomainError `auth.foreign_origin` */
  assertOwnOrigin(request: Request): void {
    if (!this.isOwnOrigin(request)) throw foreignOrigin();
  }

  /** What names no origin is no page. */
  isOwnOrigin(request: Request): boolean {
    return request.headers.origin === undefined || isFromOwnPage(request, this.config.publicBaseUrl);
  }
}
