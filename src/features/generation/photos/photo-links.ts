import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { derivedKey } from '../../../platform/crypto/derived-key.js';
import { secretsConfig, type SecretsConfig } from '../../../platform/crypto/secrets.config.js';

const LIFETIME_SEC = 3_600;
const TOKEN = /^(?<mac>[\w-]{43})\.(?<expiresAt>\d{10})\.(?<name>[0-9a-f-]{36}\.(?:jpg|png|webp))$/;

/** Tokens that open one photo for an hour, to whoever has them: models fetch it without a bearer. Nothing is stored. */
@Injectable()
export class PhotoLinks {
  private readonly secret: Buffer;

  constructor(
    @Inject(secretsConfig.key) secrets: SecretsConfig,
    private readonly clock: Clock,
  ) {
    this.secret = derivedKey(secrets, 'photos of generation');
  }

  /** @param name `{uuid}.{ext}`. @returns a token that ends like a file: models may look at the extension */
  make(name: string): string {
    const expiresAt = Math.floor(this.clock.now().getTime() / 1_000) + LIFETIME_SEC;
    const signed = `${expiresAt}.${name}`;
    return `${this.macOf(signed)}.${signed}`;
  }

  /** @returns the name; null for a token that is not ours, or has expired */
  read(token: string): string | null {
    const { mac = '', expiresAt = '', name = '' } = TOKEN.exec(token)?.groups ?? {};
    if (!isSame(mac, this.macOf(`${expiresAt}.${name}`))) return null;
    return this.clock.now().getTime() < Number(expiresAt) * 1_000 ? name : null;
  }

  private macOf(signed: string): string {
    return createHmac('sha256', this.secret).update(signed).digest('base64url');
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
