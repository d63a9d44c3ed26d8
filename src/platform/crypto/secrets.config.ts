import { text, type Setting } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';
import { parseEncryptionKeys, type EncryptionKey } from './encryption-key.js';

const MADE = 'made once and kept in DATA_DIR, except in production';

const encryptionKeys: Setting<EncryptionKey[] | undefined> = {
  env: 'ENCRYPTION_KEYS',
  description: `Keys of what is encrypted at rest, the newest first; older ones go on decrypting; ${MADE}`,
  expects: 'comma-separated id:base64, each key 32 bytes',
  secret: true,
  parse: parseEncryptionKeys,
  absent: () => undefined,
};

export const secretsConfig = defineConfig('Secrets', {
  jwtSecret: text('JWT_SECRET', { secret: true, description: `Signs access tokens; ${MADE}` }),
  encryptionKeys,
});

export type SecretsConfig = ConfigOf<typeof secretsConfig>;

export function jwtSecret({ jwtSecret: secret }: SecretsConfig): string {
  if (secret === undefined) throw new Error('JWT_SECRET is not decided');
  return secret;
}
