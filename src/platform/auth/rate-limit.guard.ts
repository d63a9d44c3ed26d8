import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { DomainError } from '../errors/domain-error.js';
import { clientAddress } from '../http-server/client-address.js';
import { authConfig, type AuthConfig } from './auth.config.js';
import { principalOf } from './principal.js';
import { perMinute, RateLimiter } from './rate-limiter.js';
import { UNLIMITED } from './unlimited.decorator.js';

/** The general limit of the API: per account, or per address for those who have not signed in. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly limiter: RateLimiter,
    @Inject(authConfig.key) private readonly config: AuthConfig,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || this.config.apiRatePerMin === 0) return true;
    if (this.reflector.getAllAndOverride(UNLIMITED, [context.getHandler(), context.getClass()]) === true) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const caller = principalOf(request)?.id ?? clientAddress(request);
    const retryAfterSec = await this.limiter.waitSec(perMinute(`api:${caller}`, this.config.apiRatePerMin));
    if (retryAfterSec === 0) return true;
    throw new DomainError('request.too_many', 'limit', 'Too many requests', {
      context: { retryAfterSec },
      retryable: true,
    });
  }
}
