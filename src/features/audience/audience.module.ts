import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Audience } from '../../telegram/index.js';
import { AudienceService } from './audience.service.js';
import { BotUser } from './bot-user.entity.js';
import { BotUsersRepository } from './bot-users.repository.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([BotUser])],
  providers: [AudienceService, BotUsersRepository, { provide: Audience, useExisting: AudienceService }],
  exports: [Audience, AudienceService],
})
export class AudienceModule {}
