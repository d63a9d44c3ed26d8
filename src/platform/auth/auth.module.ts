import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { jwtSecret, secretsConfig, type SecretsConfig } from '../crypto/secrets.config.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens, ALGORITHM, ISSUER } from './access-tokens.js';
import { IdentityGuard } from './identity.guard.js';
import { JwtStrategy } from './jwt.strategy.js';
import { PanelSessionController } from './panel-session/panel-session.controller.js';
import { PanelSessions } from './panel-session/panel-sessions.js';
import { Principals } from './principals.js';
import { RateLimiter } from './rate-limiter.js';
import { RateLimitGuard } from './rate-limit.guard.js';
import { ServedInGuard } from './served-in.guard.js';

/** The gate that every HTTP request passes, in the order of the guards below. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    JwtModule.registerAsync({
      inject: [secretsConfig.key],
      useFactory: (secrets: SecretsConfig) => ({
        secret: jwtSecret(secrets),
        signOptions: { algorithm: ALGORITHM, issuer: ISSUER },
        verifyOptions: { algorithms: [ALGORITHM], issuer: ISSUER },
      }),
    }),
  ],
  controllers: [PanelSessionController],
  providers: [
    AccessTokens,
    JwtStrategy,
    PanelSessions,
    Principals,
    RateLimiter,
    { provide: APP_GUARD, useClass: ServedInGuard },
    { provide: APP_GUARD, useClass: IdentityGuard },
    { provide: APP_GUARD, useClass: RateLimitGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AccessTokens, PanelSessions, RateLimiter],
})
export class AuthModule {}
