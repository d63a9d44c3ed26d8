import { Global, Module } from '@nestjs/common';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import { AlertsFrontend } from '../../features/ops/index.js';
import { AdminChats } from './admin-chats.js';
import { OperatorPresenter } from './operator.presenter.js';
import { operatorTexts } from './operator.texts.js';

/**
 * Global, for alerts are told through the frontend that it provides. It has words and no conversation: nestjs-telegraf
 * would add the conversation of a global module to every bot.
 */
@Global()
@Module({
  imports: [BotMessagesModule.forEveryBot(operatorTexts)],
  providers: [AdminChats, { provide: AlertsFrontend, useClass: OperatorPresenter }],
  exports: [AdminChats, AlertsFrontend],
})
export class OperatorFrontendModule {}
