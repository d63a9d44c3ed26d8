import { ApiProperty } from '@nestjs/swagger';
import { TimeFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery } from '../../../../platform/http-server/paging.js';
import { GENERATION_KINDS, type GenerationBatch, type GenerationKind } from '../../batches/generation-batch.entity.js';
import type { GenerationJob } from '../../jobs/generation-job.entity.js';
import { GenerationJobDto } from '../jobs/job.dto.js';
import { TgUserFilter } from '../tg-user-filter.js';

export class GenerationBatchesQuery extends PageQuery {
  @TgUserFilter()
  tgUserId?: number;

  @TimeFilter('Confirmed at this time or later')
  from?: Date;

  @TimeFilter('Confirmed before this time')
  to?: Date;
}

export class GenerationBatchDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'generation' })
  bot!: string;

  @ApiProperty({ type: 'integer', example: 7_000_000_001 })
  chatId!: number;

  @ApiProperty({ type: 'integer', example: 7_000_000_001 })
  tgUserId!: number;

  @ApiProperty({ enum: ['ru', 'en'] })
  language!: 'ru' | 'en';

  @ApiProperty({ enum: GENERATION_KINDS })
  kind!: GenerationKind;

  @ApiProperty({ type: 'integer', example: 3, description: 'How many videos were asked for' })
  size!: number;

  @ApiProperty({ type: 'integer', example: 3, description: 'Of all its jobs' })
  costCredits!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of(batch: GenerationBatch): GenerationBatchDto {
    return {
      id: batch.id,
      bot: batch.bot,
      chatId: batch.chatId,
      tgUserId: batch.tgUserId,
      language: batch.language,
      kind: batch.kind,
      size: batch.size,
      costCredits: batch.costCredits,
      createdAt: batch.createdAt.toISOString(),
    };
  }
}

export class GenerationBatchDetailsDto extends GenerationBatchDto {
  @ApiProperty({ type: [GenerationJobDto] })
  jobs!: GenerationJobDto[];

  static with(batch: GenerationBatch, jobs: readonly GenerationJob[]): GenerationBatchDetailsDto {
    return Object.assign(GenerationBatchDto.of(batch), { jobs: jobs.map((job) => GenerationJobDto.of(job)) });
  }
}
