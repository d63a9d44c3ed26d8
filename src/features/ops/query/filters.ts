import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional, IsString, MaxLength, NotContains } from 'class-validator';

const LONGEST = 500;

/** Marks a query parameter that must be equal, or be found in a text. */
export function TextFilter(description?: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'string', maxLength: LONGEST, description }),
    IsOptional(),
    IsString(),
    MaxLength(LONGEST),
    // PostgreSQL has no text with it.
    NotContains('\0'),
  );
}

/** Marks a query parameter that is one of some words. */
export function ChoiceFilter(choices: readonly string[]): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ enum: choices }), IsOptional(), IsIn(choices));
}

/** Marks a query parameter that is a moment in time. */
export function TimeFilter(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'string', format: 'date-time', description }),
    IsOptional(),
    IsDate(),
    Type(() => Date),
  );
}
