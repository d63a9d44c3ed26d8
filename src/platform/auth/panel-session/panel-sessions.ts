import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Clock } from '../../clock/clock.js';
import { derivedKey } from '../../crypto/derived-key.js';
import { secretsConfig, type SecretsConfig } from '../../crypto/secrets.config.js';
import type { Claims } from '../claims.js';
import type { Principal } from '../principal.js';
import { Principals } from '../principals.js';

const AUDIENCE = 'panel';

export const PANEL_COOKIE = 'nexus_panel';
export const PANEL_SESSION_SEC = 600;

/**
 * Tokens for pages that send no bearer, such as the dashboard of the queues. They have a key and an audience of their
 * own: none of them passes for an access token, and no access token for one of them.
 */
@Injectable()
export class PanelSessions {
  private readonly secret: Buffer;

  constructor(
    @Inject(secretsConfig.key) secrets: SecretsConfig,
    private readonly jwt: JwtService,
    private readonly clock: Clock,
    private readonly principals: Principals,
  ) {
    this.secret = derivedKey(secrets, 'panel sessions');
  }

  open({ id, email, role, sessionId }: Principal): Promise<string> {
    const iat = this.nowSec();
    const claims: Claims = { sub: id, email, role, sid: sessionId, exp: iat + PANEL_SESSION_SEC };
    return this.jwt.signAsync({ ...claims, iat }, { secret: this.secret, audience: AUDIENCE });
  }

  /** @returns undefined when the token is none of ours or has expired, or its session has ended or is no admin's now */
  async adminOf(token: string): Promise<Principal | undefined> {
    const options = { secret: this.secret, audience: AUDIENCE, clockTimestamp: this.nowSec() };
    const claims = await this.jwt.verifyAsync<Claims>(token, options).catch(() => undefined);
    const principal = claims && (await this.principals.of(claims));
    return principal?.role === 'admin' ? principal : undefined;
  }

  private nowSec(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}
