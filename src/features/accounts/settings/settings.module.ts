import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConfigController } from './config.controller.js';
import { UserConfig } from './user-config.entity.js';
import { UserConfigsRepository } from './user-configs.repository.js';
import { UserConfigs } from './user-configs.js';

@Module({
  imports: [TypeOrmModule.forFeature([UserConfig])],
  controllers: [ConfigController],
  providers: [UserConfigs, UserConfigsRepository],
  exports: [UserConfigs],
})
export class SettingsModule {}
