import type { Type } from '@nestjs/common';
import { ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { CONFIG_DEFAULTS } from './config-document.js';
import {
  DownloadConfigDto,
  MetadataConfigDto,
  ProcessingConfigDto,
  TranscriptionConfigDto,
  UploadConfigDto,
} from './config-sections.dto.js';
import { VkVideoConfigDto, YoutubeConfigDto } from './platform-configs.dto.js';

const { platforms, ...sections } = CONFIG_DEFAULTS;

/** Documents a part of which any field may be sent, null for its default. */
function Patch(type: Type<object>, fields: object): PropertyDecorator {
  const patch = PartialType(type);
  Object.defineProperty(patch, 'name', { value: type.name.replace(/Dto$/, 'PatchDto') });
  const { prototype } = patch as { prototype: object };
  for (const name of Object.keys(fields)) ApiPropertyOptional({ nullable: true })(prototype, name);
  return ApiPropertyOptional({ type: patch, nullable: true });
}

class PlatformConfigsPatchDto {
  @Patch(YoutubeConfigDto, platforms.youtube)
  youtube?: object | null;

  @Patch(VkVideoConfigDto, platforms.vk_video)
  vk_video?: object | null;
}

/** Only documents: a patch is checked once it is merged. */
export class ConfigPatchDto {
  @Patch(ProcessingConfigDto, sections.processing)
  processing?: object | null;

  @Patch(TranscriptionConfigDto, sections.transcription)
  transcription?: object | null;

  @Patch(DownloadConfigDto, sections.download)
  download?: object | null;

  @Patch(UploadConfigDto, sections.upload)
  upload?: object | null;

  @Patch(MetadataConfigDto, sections.metadata)
  metadata?: object | null;

  @ApiPropertyOptional({ type: PlatformConfigsPatchDto, nullable: true })
  platforms?: PlatformConfigsPatchDto | null;
}
