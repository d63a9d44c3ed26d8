import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Audience } from '../../telegram/index.js';
import { UserActivity } from './activity/user-activity.js';
import { AudienceStatsController } from './audience-stats.controller.js';
import { AudienceStatsRepository } from './audience-stats.repository.js';
import { AudienceService } from './audience.service.js';
import { BotUser } from './bot-user.entity.js';
import { BotUsersController } from './bot-users.controller.js';
import { BotUsersRepository } from './bot-users.repository.js';
import { BotUsersService } from './bot-users.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([BotUser])],
  controllers: [AudienceStatsController, BotUsersController],
  providers: [
    AudienceService,
    AudienceStatsRepository,
    BotUsersRepository,
    BotUsersService,
    UserActivity,
    { provide: Audience, useExisting: AudienceService },
  ],
  exports: [Audience, AudienceService],
})
export class AudienceModule {}
