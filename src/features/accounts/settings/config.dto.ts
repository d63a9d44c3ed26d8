import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type as Converted } from 'class-transformer';
import { IsIn, IsObject, ValidateNested } from 'class-validator';
import { MayBeLeftOut } from '../../../platform/http-server/may-be-left-out.js';
import { CONFIG_SECTIONS, type ConfigDocument, type ConfigSection } from './config-document.js';
import {
  DownloadConfigDto,
  MetadataConfigDto,
  ProcessingConfigDto,
  TranscriptionConfigDto,
  UploadConfigDto,
} from './config-sections.dto.js';
import { PlatformConfigsDto } from './platform-configs.dto.js';
import { SETTING_SOURCES, type SettingSource } from './resolve-config.js';

function Section(type: Type): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type }),
    IsObject(),
    ValidateNested(),
    Converted(() => type),
  );
}

/** The whole document, and its schema: what is written is checked against it. */
export class ConfigDto implements Readonly<ConfigDocument> {
  @Section(ProcessingConfigDto)
  processing!: ProcessingConfigDto;

  @Section(TranscriptionConfigDto)
  transcription!: TranscriptionConfigDto;

  @Section(DownloadConfigDto)
  download!: DownloadConfigDto;

  @Section(UploadConfigDto)
  upload!: UploadConfigDto;

  @Section(MetadataConfigDto)
  metadata!: MetadataConfigDto;

  @Section(PlatformConfigsDto)
  platforms!: PlatformConfigsDto;
}

export class ResetConfigDto {
  @ApiPropertyOptional({ enum: CONFIG_SECTIONS, example: 'processing', description: 'Without it: all of them' })
  @MayBeLeftOut()
  @IsIn(CONFIG_SECTIONS)
  section?: ConfigSection;
}

export class ExplainedSettingDto {
  @ApiProperty({
    nullable: true,
    oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }, { type: 'array', items: { type: 'string' } }],
    example: -45,
  })
  value!: unknown;

  @ApiProperty({ enum: SETTING_SOURCES, example: 'user', description: 'Who has decided on it' })
  source!: SettingSource;
}
