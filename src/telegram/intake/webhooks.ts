import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../platform/config/process.config.js';
import { jwtSecret, secretsConfig, type SecretsConfig } from '../../platform/crypto/secrets.config.js';
import { introduce } from '../bots/introduce.js';
import type { Bot } from '../bots/bot-registry.js';
import { publishCommands } from '../bots/commands.js';
import { telegramConfig, type TelegramConfig } from '../telegram.config.js';
import { ALLOWED_UPDATES } from './update-facts.js';

/** Where Telegram sends updates to, and how it proves that it is Telegram. */
@Injectable()
export class Webhooks {
  constructor(
    @Inject(telegramConfig.key) private readonly config: TelegramConfig,
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    @Inject(secretsConfig.key) private readonly secrets: SecretsConfig,
  ) {}

  async register(bot: Bot): Promise<void> {
    const { name, telegraf } = bot;
    await introduce(bot);
    const url = `${this.process.publicBaseUrl ?? ''}/api/v1/webhooks/telegram/${name}`;
    await telegraf.telegram.setWebhook(url, { secret_token: this.secretOf(name), allowed_updates: ALLOWED_UPDATES });
    await publishCommands(bot);
  }

  secretOf(bot: string): string {
    const made = () =>
      createHmac('sha256', jwtSecret(this.secrets)).update(`telegram-webhook:${bot}`).digest('base64url');
    return this.config.webhookSecret ?? made();
  }
}
