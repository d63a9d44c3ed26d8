import { Module } from '@nestjs/common';
import { CreditsModule } from '../../features/credits/index.js';
import { GenerationModule } from '../../features/generation/index.js';
import { AccountUpdate } from './account/account.update.js';
import { Conversation } from './conversation.js';
import { DeliveryReport } from './delivery-report.js';
import { DraftMessagesUpdate } from './draft/draft-messages.update.js';
import { DraftPressesUpdate } from './draft/draft-presses.update.js';
import { OrderUpdate } from './draft/order.update.js';
import { PhotoIntake } from './draft/photo-intake.js';
import { Questions } from './draft/questions.js';
import { Shortage } from './draft/shortage.js';
import { GenerationFrontendModule } from './generation-frontend.module.js';
import { MenuUpdate } from './menu.update.js';
import { PrivateOnlyUpdate } from './private-only.update.js';

/** Updates are asked in the order in which they stand here. */
@Module({
  imports: [CreditsModule, GenerationModule, GenerationFrontendModule],
  providers: [
    Conversation,
    PhotoIntake,
    Questions,
    Shortage,
    DeliveryReport,
    PrivateOnlyUpdate,
    MenuUpdate,
    AccountUpdate,
    DraftPressesUpdate,
    OrderUpdate,
    DraftMessagesUpdate,
  ],
})
export class GenerationBotModule {}
