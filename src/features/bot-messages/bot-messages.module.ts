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
    return declaration((messages) => {
      messages.declare(bot, catalog);
    });
  }

  /** Declares words that any bot may say. */
  static forEveryBot(catalog: Catalog): DynamicModule {
    return declaration((messages) => {
      messages.declareForAll(catalog);
    });
  }
}

@Module({})
class BotTextsDeclaration {}

function declaration(declare: (messages: BotMessagesService) => void): DynamicModule {
  const provider = { provide: Symbol('declared texts'), inject: [BotMessagesService], useFactory: declare };
  return { module: BotTextsDeclaration, providers: [provider] };
}
