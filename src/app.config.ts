import { accountsConfig } from './features/accounts/index.js';
import { platformsConfig } from './features/credentials/index.js';
import { downloadsConfig } from './features/downloads/index.js';
import { generationConfig } from './features/generation/index.js';
import { opsConfig } from './features/ops/index.js';
import { authConfig } from './platform/auth/auth.config.js';
import { processConfig } from './platform/config/process.config.js';
import type { ConfigGroup } from './platform/config/settings.js';
import { secretsConfig } from './platform/crypto/secrets.config.js';
import { databaseConfig } from './platform/database/database.config.js';
import { egressConfig } from './platform/egress/egress.config.js';
import { llmConfig } from './platform/llm/llm.config.js';
import { mediaConfig } from './platform/media/media.config.js';
import { programsConfig } from './platform/programs/programs.config.js';
import { redisConfig } from './platform/redis/redis.config.js';
import { storageConfig } from './platform/storage/storage.config.js';
import { sandboxConfig } from './sandbox/sandbox.config.js';
import { telegramConfig } from './telegram/index.js';

/** Every variable of Nexus, by the part that owns it. */
export const configGroups: readonly ConfigGroup[] = [
  processConfig,
  databaseConfig,
  redisConfig,
  storageConfig,
  secretsConfig,
  authConfig,
  accountsConfig,
  platformsConfig,
  opsConfig,
  telegramConfig,
  downloadsConfig,
  generationConfig,
  llmConfig,
  egressConfig,
  mediaConfig,
  programsConfig,
  sandboxConfig,
];
