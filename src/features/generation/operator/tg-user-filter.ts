import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';

/** Marks a query parameter that is the id of a person in Telegram. */
export function TgUserFilter(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', example: 7_000_000_001 }),
    IsOptional(),
    Type(() => Number),
    IsInt(),
    Min(1),
    Max(Number.MAX_SAFE_INTEGER),
  );
}
