import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Models } from './models.js';
import { ModelSwitch } from './operator/model-switch.js';
import { GenerationModelsController } from './operator/models.controller.js';
import { PausedModel } from './paused-model.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([PausedModel])],
  controllers: [GenerationModelsController],
  providers: [ModelSwitch, Models],
  exports: [Models],
})
export class ModelsModule {}
