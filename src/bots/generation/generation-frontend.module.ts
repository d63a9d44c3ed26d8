import { Global, Module } from '@nestjs/common';
import { BotMessagesModule } from '../../features/bot-messages/index.js';
import { GenerationFrontend } from '../../features/generation/index.js';
import { GenerationPresenter } from './generation.presenter.js';
import { generationTexts } from './generation.texts.js';
import { SupportContact } from './support-contact.js';

/** Global, for generation shows its work through the frontend that it provides. It has words and no conversation. */
@Global()
@Module({
  imports: [BotMessagesModule.forBot('generation', generationTexts)],
  providers: [SupportContact, { provide: GenerationFrontend, useClass: GenerationPresenter }],
  exports: [GenerationFrontend, SupportContact],
})
export class GenerationFrontendModule {}
