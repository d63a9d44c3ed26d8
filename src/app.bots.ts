import { downloaderCommands } from './bots/downloader/downloader.commands.js';
import { DownloaderBotModule } from './bots/downloader/downloader-bot.module.js';
import { generationCommands } from './bots/generation/generation.commands.js';
import { GenerationBotModule } from './bots/generation/generation-bot.module.js';
import { OperatorBotModule } from './bots/operator/operator-bot.module.js';
import { OwnerBotModule } from './bots/owner/owner-bot.module.js';
import { opsConfig } from './features/ops/index.js';
import { ConfigError, type Settings } from './platform/config/settings.js';
import type { SandboxBot } from './sandbox/index.js';
import { telegramConfig, type BotModule, type TelegramConfig } from './telegram/index.js';

/** Every bot of this service: its name, its conversation, its token, and who it is in the sandbox. */
const bots = [
  {
    name: 'downloader',
    conversation: DownloaderBotModule,
    commands: downloaderCommands,
    hasSessions: false,
    token: (config: TelegramConfig) => config.downloaderToken,
    standIn: { token: '100001:sandbox-downloader', username: 'nexus_downloader_bot', name: 'Nexus Downloader' },
  },
  {
    name: 'generation',
    conversation: GenerationBotModule,
    commands: generationCommands,
    hasSessions: true,
    token: (config: TelegramConfig) => config.generationToken,
    standIn: { token: '100002:sandbox-generation', username: 'nexus_generation_bot', name: 'Nexus Reels' },
  },
] as const;

export function botTokens(settings: Settings): (string | undefined)[] {
  return bots.map(({ token }) => token(settings.get(telegramConfig)));
}

/** The bots that talk to the stand-in while the sandbox is on: those without a token. */
export function sandboxBots(settings: Settings): SandboxBot[] {
  const config = settings.get(telegramConfig);
  return bots.filter(({ token }) => token(config) === undefined).map(({ standIn }) => standIn);
}

/** @throws ConfigError when `ADMIN_BOT` is none of them */
export function botModules(settings: Settings, sandboxApiRoot: string | undefined): BotModule[] {
  const config = settings.get(telegramConfig);
  checkAdminBot(settings.get(opsConfig).adminBot);
  return bots.map(({ name, conversation, hasSessions, commands, token, standIn }) => {
    const own = token(config);
    const useStandIn = own === undefined && sandboxApiRoot !== undefined;
    return {
      // The operator's and the account owner's in each: the chat decides who it is, and buttons of a former admin bot go on
      // working.
      conversations: [OperatorBotModule, OwnerBotModule, conversation],
      hasSessions,
      bot: useStandIn
        ? { name, commands, token: standIn.token, apiRoot: sandboxApiRoot }
        : { name, commands, token: own, apiRoot: config.apiRoot },
    };
  });
}

function checkAdminBot(wanted: string | undefined): void {
  const names: string[] = bots.map(({ name }) => name);
  if (wanted === undefined || names.includes(wanted)) return;
  throw new ConfigError([`ADMIN_BOT: expected one of ${names.join(', ')}, got «${wanted}»`]);
}
