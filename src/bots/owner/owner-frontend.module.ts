import { Global, Module } from '@nestjs/common';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import { NotificationsFrontend } from '../../features/notifications/index.js';
import { OperatorFrontendModule } from '../operator/operator-frontend.module.js';
import { OwnerPresenter } from './owner.presenter.js';
import { ownerTexts } from './owner.texts.js';

/**
 * Global, for notifications are told through the frontend that it provides. It has words and no conversation:
 * nestjs-telegraf would add the conversation of a global module to every bot.
 */
@Global()
@Module({
  imports: [BotMessagesModule.forEveryBot(ownerTexts), OperatorFrontendModule],
  providers: [{ provide: NotificationsFrontend, useClass: OwnerPresenter }],
  exports: [NotificationsFrontend],
})
export class OwnerFrontendModule {}
