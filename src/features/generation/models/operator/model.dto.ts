import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Length, NotContains } from 'class-validator';
import type { VideoModel } from '../model.js';
import type { PausedModel } from '../paused-model.entity.js';

const NO_ZERO_BYTES = { message: 'must not have zero bytes' };

export class ModelSlugDto {
  @ApiProperty({ example: 'bytedance/seedance-2' })
  @Length(1, 200)
  slug!: string;
}

export class PauseModelDto extends ModelSlugDto {
  @ApiPropertyOptional({ example: 'It blurs labels', description: 'For whoever wonders why' })
  @IsOptional()
  @Length(1, 500)
  // PostgreSQL has no text with it.
  @NotContains('\0', NO_ZERO_BYTES)
  reason?: string;
}

export interface ModelStanding {
  model: VideoModel;
  paused: PausedModel | null;
}

export class GenerationModelDto {
  @ApiProperty({ example: 'bytedance/seedance-2' })
  slug!: string;

  @ApiProperty({ example: 'Seedance 2', description: 'What users call it' })
  title!: string;

  @ApiProperty({ type: 'integer' })
  priceCredits!: number;

  @ApiProperty({ type: 'integer', description: 'Of a video' })
  durationSec!: number;

  @ApiProperty({ enum: ['9:16', '16:9'] })
  aspect!: VideoModel['aspect'];

  @ApiProperty({ type: 'integer' })
  maxPromptChars!: number;

  @ApiProperty()
  isPaused!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'It blurs labels',
    description: 'What KIE or the operator has said',
  })
  pauseReason!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  pausedAt!: string | null;

  static of({ model, paused }: ModelStanding): GenerationModelDto {
    const { slug, title, priceCredits, durationSec, aspect, maxPromptChars } = model;
    return {
      slug,
      title,
      priceCredits,
      durationSec,
      aspect,
      maxPromptChars,
      isPaused: paused !== null,
      pauseReason: paused?.reason ?? null,
      pausedAt: paused?.pausedAt.toISOString() ?? null,
    };
  }
}

export class GenerationModelsDto {
  @ApiProperty({ type: [GenerationModelDto], description: 'The preferred one first' })
  items!: GenerationModelDto[];
}
