import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Clock } from '../clock/clock.js';
import { authConfig, type AuthConfig } from './auth.config.js';
import type { Claims } from './claims.js';
import type { Account, Principal } from './principal.js';
import { Principals } from './principals.js';

export const ISSUER = 'nexus';
export const ALGORITHM = 'HS256';

export interface AccessToken {
  token: string;
  expiresInSec: number;
}

/** The short-lived tokens by which the API knows its callers. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    private readonly principals: Principals,
    @Inject(authConfig.key) private readonly config: AuthConfig,
  ) {}

  /** @param sid id of the session that the token is good for */
  async issue({ id, email, role }: Account, sid?: string): Promise<AccessToken> {
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    const exp = iat + this.config.accessTokenTtlSec;
    const token = await this.jwt.signAsync({ sub: id, email, role, sid, iat, exp });
    return { token, expiresInSec: this.config.accessTokenTtlSec };
  }

  /**
   * For what stands outside the guards; routes get their caller from these.
   * @returns the owner of a token, or undefined when it is none of ours or has expired.
   */
  async verify(token: string): Promise<Principal | undefined> {
    const claims = await this.jwt.verifyAsync<Claims>(token).catch(() => undefined);
    return claims && this.principals.of(claims);
  }
}
