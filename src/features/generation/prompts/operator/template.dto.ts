import { ApiProperty, ApiPropertyOptional, IntersectionType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { FlagFilter, OneOfFilter, TextFilter } from '../../../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../../../platform/http-server/paging.js';
import type { GenerationTemplate } from '../generation-template.entity.js';
import {
  LARGEST_WEIGHT,
  LONGEST_BODY,
  LONGEST_FALLBACK,
  LONGEST_NAME,
  NAME,
  TEMPLATE_KINDS,
  type TemplateKind,
} from '../template-rules.js';

const SOURCES = ['file', 'operator'] as const;
const LONGEST_WORDS = 2_000;

export class TemplatesQuery extends PageQuery {
  @OneOfFilter(TEMPLATE_KINDS)
  kind?: TemplateKind;

  @TextFilter('All versions of this name')
  name?: string;

  @FlagFilter()
  isActive?: boolean;
}

class TemplateTextsDto {
  @ApiProperty({
    example: 'ugc-first-try',
    pattern: NAME.source,
    maxLength: LONGEST_NAME,
    description: 'Names of one kind are tried against each other',
  })
  @Length(1, LONGEST_NAME)
  @Matches(NAME, { message: 'must be words of small letters and digits with hyphens between them' })
  name!: string;

  @ApiProperty({ enum: TEMPLATE_KINDS })
  @IsIn(TEMPLATE_KINDS)
  kind!: TemplateKind;

  @ApiProperty({
    example: 'Write the prompt of a vertical video that shows what {{product}} describes, as {{wishes}} asks for.',
    maxLength: LONGEST_BODY,
    description: 'What the LLM is told. {{product}} and {{wishes}} name where it finds the words of the customer',
  })
  @Length(1, LONGEST_BODY)
  body!: string;

  @ApiProperty({
    example: 'A vertical 9:16 video of this product: {{product}}\nAs the customer wishes: {{wishes}}',
    maxLength: LONGEST_FALLBACK,
    description:
      'The prompt for when there is no LLM to write one, with both variables; a line whose variable is empty is left out',
  })
  @Length(1, LONGEST_FALLBACK)
  fallback!: string;
}

class TemplateSettingsDto {
  @ApiProperty({ default: true, description: 'At most one version of a name is; it takes the place of the other' })
  @IsBoolean()
  isActive!: boolean;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: LARGEST_WEIGHT,
    default: 1,
    description: 'Its share among the active templates of its kind',
  })
  @IsInt()
  @Min(0)
  @Max(LARGEST_WEIGHT)
  weight!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    default: null,
    example: 'bytedance/seedance-2',
    description: 'The video model that it is for; null: the first live one',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  model!: string | null;
}

export class UpdateTemplateDto extends PartialType(TemplateSettingsDto, { skipNullProperties: false }) {}

export class CreateTemplateDto extends IntersectionType(TemplateTextsDto, UpdateTemplateDto) {}

export class TemplateDto extends IntersectionType(TemplateTextsDto, TemplateSettingsDto) {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of this name' })
  version!: number;

  @ApiProperty({ enum: SOURCES, description: 'file: it comes with Nexus' })
  source!: (typeof SOURCES)[number];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of({ createdAt, ...template }: GenerationTemplate): TemplateDto {
    return { ...template, createdAt: createdAt.toISOString() };
  }
}

export const TemplatePageDto = pageOf(TemplateDto);

export class PreviewTemplateDto {
  @ApiProperty({ example: 'A mug of matt black porcelain, 330 ml', maxLength: LONGEST_WORDS })
  @Length(1, LONGEST_WORDS)
  product!: string;

  @ApiPropertyOptional({ type: String, nullable: true, default: null, maxLength: LONGEST_WORDS, example: 'by a lake' })
  @IsOptional()
  @Length(1, LONGEST_WORDS)
  wishes?: string | null;
}

class PreviewMessageDto {
  @ApiProperty({ enum: ['system', 'user'] })
  role!: 'system' | 'user';

  @ApiProperty({ example: 'Write the prompt of a vertical video …' })
  content!: string;
}

export class TemplatePreviewDto {
  @ApiProperty({ type: [PreviewMessageDto], description: 'What the LLM would be sent, but for the photo' })
  messages!: PreviewMessageDto[];

  @ApiProperty({ example: 'A vertical 9:16 video of this product: …', description: 'The prompt without an LLM' })
  fallback!: string;
}
