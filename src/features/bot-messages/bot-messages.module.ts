import { Global, Module, type DynamicModule } from '@nestjs/common';
import { BotTexts } from '../../telegram/index.js';
import { BotMessagesService } from './bot-messages.service.js';
import type { Catalog } from './catalog.js';

@Global()
@Module({
  providers: [BotMessagesService, { provide: BotTexts, useExisting: BotMessagesService }],
  exports: [BotTexts, BotMessagesService],
})
export class BotMessagesModule {
  /** Declares the words of a bot. */
  static forBot(bot: string, catalog: Catalog): DynamicModule {
    const declare = {
      provide: Symbol('declared texts'),
      inject: [BotMessagesService],
      useFactory: (messages: BotMessagesService) => {
        messages.declare(bot, catalog);
      },
    };
    return { module: BotTextsDeclaration, providers: [declare] };
  }
}

@Module({})
class BotTextsDeclaration {}
