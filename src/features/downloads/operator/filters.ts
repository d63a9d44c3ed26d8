import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, Length } from 'class-validator';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

const MAX_TEXT = 200;

/** A query parameter that is one of `values`. */
export const FilterOneOf = (values: readonly string[]) =>
  applyDecorators(ApiPropertyOptional({ enum: [...values] }), IsOptional(), IsIn(values));

/** A query parameter that is equal to what is looked for. */
export const FilterExact = (description?: string) =>
  applyDecorators(ApiPropertyOptional({ type: String, description }), IsOptional(), Length(1, MAX_TEXT));

/** The query parameter `text`: somewhere in what a row says, in any case. */
export const FilterText = (description: string) =>
  applyDecorators(ApiPropertyOptional({ type: String, description }), IsOptional(), Length(1, MAX_TEXT));

/** A query parameter `true` or `false`. */
export const FilterFlag = () =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );

/** A query parameter with an ISO time. */
export const FilterTime = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IsOptional(),
    IsISO8601({ strict: true }),
  );

/** For ILIKE: anywhere in the text, its wildcards taken for themselves. */
export function containing(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/** Adds the condition of each filter that is set; a condition has its filter's name as its parameter. */
export function narrow<Row extends ObjectLiteral, Filters extends object>(
  rows: SelectQueryBuilder<Row>,
  filters: Filters,
  conditions: Record<keyof Filters & string, string>,
): SelectQueryBuilder<Row> {
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined) rows.andWhere(conditions[name as keyof Filters & string], { [name]: value as unknown });
  }
  return rows;
}
