import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../ops/index.js';
import { ModelsModule } from '../models/models.module.js';
import { GenerationPhoto } from '../photos/generation-photo.entity.js';
import { GenerationTemplate } from './generation-template.entity.js';
import { TemplatesController } from './operator/templates.controller.js';
import { TemplatesService } from './operator/templates.service.js';
import { PromptPhoto } from './prompt-photo.js';
import { PromptWriter } from './prompt-writer.js';
import { SHIPPED_TEMPLATES, TEMPLATES_FOLDER } from './template-files.js';
import { Templates } from './templates.js';
import { TemplatesRepository } from './templates.repository.js';
import { TemplatesSync } from './templates-sync.js';

@Module({
  imports: [TypeOrmModule.forFeature([GenerationTemplate, GenerationPhoto]), AuditModule, ModelsModule],
  controllers: [TemplatesController],
  providers: [
    { provide: TEMPLATES_FOLDER, useValue: SHIPPED_TEMPLATES },
    PromptPhoto,
    PromptWriter,
    Templates,
    TemplatesRepository,
    TemplatesService,
    TemplatesSync,
  ],
  exports: [PromptWriter, Templates],
})
export class PromptsModule {}
