import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ExtractJwt, Strategy } from 'passport-jwt';
import { jwtSecret, secretsConfig, type SecretsConfig } from '../crypto/secrets.config.js';
import { ALGORITHM, ISSUER } from './access-tokens.js';
import type { Claims } from './claims.js';
import type { Principal } from './principal.js';
import { Principals } from './principals.js';

/** Reads `Authorization: Bearer …`; the algorithm is pinned, so a token cannot choose a weaker one. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(secretsConfig.key) secrets: SecretsConfig,
    private readonly principals: Principals,
  ) {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: jwtSecret(secrets),
      algorithms: [ALGORITHM],
      issuer: ISSUER,
    });
  }

  async validate(claims: Claims): Promise<Principal | false> {
    return (await this.principals.of(claims)) ?? false;
  }
}
