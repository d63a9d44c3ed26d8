import { ApiProperty } from '@nestjs/swagger';
import { ERROR_SOURCES, type ErrorSource } from './error-source.js';

export class PlatformErrorsDto {
  @ApiProperty({ type: String, nullable: true, description: 'null: errors that belong to none' })
  platform!: string | null;

  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class SourceErrorsDto {
  @ApiProperty({ enum: ERROR_SOURCES })
  source!: ErrorSource;

  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class TypeErrorsDto {
  @ApiProperty({ example: 'HARD_KILL' })
  type!: string;

  @ApiProperty({ type: 'integer' })
  count!: number;
}

export class ErrorTotalsDto {
  @ApiProperty({ type: 'integer' })
  all!: number;

  @ApiProperty({ type: 'integer', description: "The operator's calendar day" })
  today!: number;

  @ApiProperty({ type: [PlatformErrorsDto] })
  byPlatform!: PlatformErrorsDto[];

  @ApiProperty({ type: [SourceErrorsDto] })
  bySource!: SourceErrorsDto[];

  @ApiProperty({ type: [TypeErrorsDto] })
  byType!: TypeErrorsDto[];
}
