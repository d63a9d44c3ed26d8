import { Inject, Injectable } from '@nestjs/common';
import type { CookieOptions, Request, Response } from 'express';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import { cookieOf, guardedCookie } from '../../../platform/http-server/cookies.js';
import { isFromOwnPage } from '../../../platform/http-server/own-origin.js';
import { foreignOrigin } from '../accounts.errors.js';
import type { IssuedTokens } from './sessions.js';

const REFRESH_COOKIE = 'nexus_refresh';

/** The cookie in which browsers keep their refresh token. */
@Injectable()
export class RefreshCookie {
  constructor(@Inject(processConfig.key) private readonly config: ProcessConfig) {}

  read(request: Request): string | undefined {
    return cookieOf(request, REFRESH_COOKIE);
  }

  /** Sets it where the session lives in one. @returns what it was given */
  deliver<Tokens extends IssuedTokens>(response: Response, tokens: Tokens): Tokens {
    if (tokens.kind === 'cookie') {
      response.cookie(REFRESH_COOKIE, tokens.refreshToken, { ...this.options(response), maxAge: tokens.refreshTtlMs });
    }
    return tokens;
  }

  clear(response: Response): void {
    response.clearCookie(REFRESH_COOKIE, this.options(response));
  }

  /** @throws DomainError `auth.foreign_origin` */
  assertOwnOrigin(request: Request): void {
    if (!this.isOwnOrigin(request)) throw foreignOrigin();
  }

  /** What names no origin is no page. */
  isOwnOrigin(request: Request): boolean {
    return request.headers.origin === undefined || isFromOwnPage(request, this.config.publicBaseUrl);
  }

  private options({ req }: Response): CookieOptions {
    return guardedCookie(req, this.config.publicBaseUrl, '/api/v1/auth');
  }
}
