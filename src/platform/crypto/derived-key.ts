import { hkdfSync } from 'node:crypto';
import { jwtSecret, type SecretsConfig } from './secrets.config.js';

/** 32 bytes out of JWT_SECRET, others for each purpose: what one part has signed opens nothing of another. */
export function derivedKey(secrets: SecretsConfig, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', jwtSecret(secrets), '', `nexus ${purpose}`, 32));
}
