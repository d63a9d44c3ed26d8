import type { Settings } from './platform/config/settings.js';
import { processConfig } from './platform/config/process.config.js';
import { ConfigError } from './platform/config/settings.js';
import { egressConfig } from './platform/egress/egress.config.js';
import { mediaConfig } from './platform/media/media.config.js';
import { downloadsConfig } from './features/downloads/index.js';
import { startSandbox, type Sandbox } from './sandbox/index.js';
import { sandboxConfig } from './sandbox/sandbox.config.js';
import { telegramConfig } from './telegram/index.js';
import { botTokens, sandboxBots } from './app.bots.js';

export interface RunningSandbox extends Sandbox {
  /** The settings with every outside part that is not configured pointing to its stand-in. */
  settings: Settings;
}

const UPLOAD_LIMIT_MB = 2_000;

/** Starts the stand-ins when they are wanted. @returns null when not. @throws ConfigError in production. */
export async function startSandboxFor(settings: Settings, log: (line: string) => void): Promise<RunningSandbox | null> {
  if (!isWanted(settings)) return null;
  const { dataDir, port } = settings.get(processConfig);
  const sandboxPort = settings.get(sandboxConfig).port ?? port + 1;
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: sandboxPort,
    mediaPort: sandboxPort === 0 ? 0 : sandboxPort + 1,
    dataDir,
    bots: sandboxBots(settings),
    ffmpegPath: settings.get(mediaConfig).ffmpegPath,
    log,
  });
  const { allowedPrivateHosts } = settings.get(egressConfig);
  return Object.assign(sandbox, {
    settings: settings
      .withDefaults(telegramConfig, { uploadLimitMb: UPLOAD_LIMIT_MB })
      .withDefaults(downloadsConfig, { directEnabled: true })
      .with(egressConfig, { allowedPrivateHosts: [...allowedPrivateHosts, sandbox.mediaHost] }),
  });
}

function isWanted(settings: Settings): boolean {
  const { mode } = settings.get(sandboxConfig);
  const isProduction = settings.get(processConfig).nodeEnv === 'production';
  if (mode === 'on' && isProduction) {
    throw new ConfigError(['NEXUS_SANDBOX: expected auto or off with NODE_ENV=production, got «on»']);
  }
  if (mode === 'auto') return !isProduction && botTokens(settings).every((token) => token === undefined);
  return mode === 'on';
}
