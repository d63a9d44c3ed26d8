import { timingSafeEqual } from 'node:crypto';
import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Update } from 'telegraf/types';
import { Public } from '../../platform/auth/access.js';
import { ServedIn } from '../../platform/auth/served-in.js';
import { Unlimited } from '../../platform/auth/unlimited.decorator.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { BotRegistry } from '../bots/bot-registry.js';
import { Intake } from './intake.js';
import { Webhooks } from './webhooks.js';

@ApiExcludeController()
@Controller('webhooks/telegram')
@ServedIn('bots')
@Unlimited()
export class WebhookController {
  constructor(
    private readonly registry: BotRegistry,
    private readonly webhooks: Webhooks,
    private readonly intake: Intake,
  ) {}

  /** Answers as soon as the update is stored: whatever becomes of it, Telegram need not repeat it. */
  @Post(':bot')
  @HttpCode(200)
  @Public()
  async receive(
    @Param('bot') bot: string,
    @Headers('x-telegram-bot-api-secret-token') secret: string | undefined,
    @Body() update: Update,
  ): Promise<{ ok: true }> {
    if (!this.registry.has(bot) || !same(secret ?? '', this.webhooks.secretOf(bot))) {
      throw new DomainError('telegram.webhook_secret', 'unauthenticated', 'The secret token is not the one we gave');
    }
    if (!Number.isSafeInteger(update.update_id)) {
      throw new DomainError('telegram.not_an_update', 'invalid', 'The body is not an update of the Bot API');
    }
    await this.intake.accept(bot, [update]);
    return { ok: true };
  }
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
