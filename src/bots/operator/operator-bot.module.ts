import { Module } from '@nestjs/common';
import { OperatorFrontendModule } from './operator-frontend.module.js';
import { OperatorUpdate } from './operator.update.js';

/** The operator's conversation, which a bot has besides its own, and is to ask first. */
@Module({ imports: [OperatorFrontendModule], providers: [OperatorUpdate] })
export class OperatorBotModule {}
