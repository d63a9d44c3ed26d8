import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { processConfig } from '../config/process.config.js';
import { ConfigError, type Settings } from '../config/settings.js';
import { parseEncryptionKeys } from './encryption-key.js';
import { createPrivateFile, readPrivateFile } from './private-file.js';
import { secretsConfig } from './secrets.config.js';

const SHORTEST_JWT_SECRET = 32;

interface Made {
  jwtSecret: string;
  encryptionKeys: string;
}

/**
 * Decides the secrets that were not given: outside production they are made at the first start and kept in
 * `<dataDir>/secrets.json`, the same for all processes of that folder.
 * @throws ConfigError in production, naming each that is missing or weak.
 */
export async function ensureSecrets(settings: Settings, dataDir: string): Promise<Settings> {
  const { jwtSecret, encryptionKeys } = settings.get(secretsConfig);
  if (settings.get(processConfig).nodeEnv === 'production') {
    const problems = [
      ...(jwtSecret !== undefined && jwtSecret.length >= SHORTEST_JWT_SECRET
        ? []
        : [`JWT_SECRET: expected ${SHORTEST_JWT_SECRET} characters or more in production`]),
      ...(encryptionKeys !== undefined ? [] : ['ENCRYPTION_KEYS: expected id:base64 of 32 bytes in production']),
    ];
    if (problems.length > 0) throw new ConfigError(problems);
    return settings;
  }
  if (jwtSecret !== undefined && encryptionKeys !== undefined) return settings;
  const made = await madeSecrets(join(dataDir, 'secrets.json'));
  return settings.with(secretsConfig, {
    jwtSecret: jwtSecret ?? made.jwtSecret,
    encryptionKeys: encryptionKeys ?? parseEncryptionKeys(made.encryptionKeys),
  });
}

async function madeSecrets(path: string): Promise<Made> {
  const text = (await readPrivateFile(path)) ?? (await createPrivateFile(path, JSON.stringify(make())));
  return JSON.parse(text) as Made;
}

function make(): Made {
  return {
    jwtSecret: randomBytes(32).toString('base64url'),
    encryptionKeys: `dev:${randomBytes(32).toString('base64')}`,
  };
}
