import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Length } from 'class-validator';
import type { ErrorClass } from '../../errors/error-codes.js';
import { ERROR_CLASSES } from '../attempts/attempt.dto.js';
import type { ProviderTestResult } from './provider-test.js';
import type { TrialMedia } from './provider-trial.js';

export class TestProviderDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'What to ask it for; without it, something that is always there',
  })
  @IsOptional()
  @Length(1, 2_048)
  url?: string | null;
}

export class TestErrorDto {
  @ApiProperty({ enum: ERROR_CLASSES })
  class!: ErrorClass;

  @ApiProperty({ example: 'HTTP_429' })
  code!: string;

  @ApiProperty()
  message!: string;
}

export class TestedMediaDto {
  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty({ type: Number, nullable: true })
  durationSec!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  sizeBytes!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  width!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  height!: number | null;

  static of({ title, durationSec, sizeBytes, width, height }: TrialMedia): TestedMediaDto {
    return { title, durationSec, sizeBytes, width, height };
  }
}

export class ProviderTestDto {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ type: 'integer' })
  ms!: number;

  @ApiPropertyOptional({ type: TestErrorDto })
  error?: TestErrorDto;

  @ApiPropertyOptional({ type: TestedMediaDto, description: 'When it was asked for something' })
  media?: TestedMediaDto;

  static of(result: ProviderTestResult): ProviderTestDto {
    const { ok, ms } = result;
    if (result.ok) return { ok, ms, media: result.media && TestedMediaDto.of(result.media) };
    const { class: errorClass, code, message } = result.error;
    return { ok, ms, error: { class: errorClass, code, message } };
  }
}
