import { Module } from '@nestjs/common';
import { NotificationsModule } from '../../features/notifications/index.js';
import { OwnerFrontendModule } from './owner-frontend.module.js';
import { OwnerUpdate } from './owner.update.js';

/** The account owner's conversation, which a bot has besides its own, and is to ask first. */
@Module({ imports: [NotificationsModule, OwnerFrontendModule], providers: [OwnerUpdate] })
export class OwnerBotModule {}
