import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsDate, isISO8601, IsIn, IsOptional, Length, NotContains } from 'class-validator';
import { DateTime } from 'luxon';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

const LONGEST = 500;

/** Marks a query parameter that must be equal, or be found in a text; not empty. */
export function TextFilter(description?: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, minLength: 1, maxLength: LONGEST, description }),
    IsOptional(),
    Length(1, LONGEST),
    // PostgreSQL has no text with it.
    NotContains('\0', { message: 'must not have zero bytes' }),
  );
}

/** Marks a query parameter that is one of `values`. */
export function OneOfFilter(values: readonly string[]): PropertyDecorator {
  return applyDecorators(ApiPropertyOptional({ enum: [...values] }), IsOptional(), IsIn(values));
}

/** Marks a query parameter that is `true` or `false`. */
export function FlagFilter(description?: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean({ message: 'must be true or false' }),
  );
}

/** Marks a query parameter that is a time in ISO 8601, in UTC unless it has a zone. The property is a `Date`. */
export function TimeFilter(description: string): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IsOptional(),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? timeOf(value) : value)),
    IsDate({ message: 'must be an ISO 8601 time' }),
  );
}

/** Invalid when it is none, or only a time of day. */
function timeOf(text: string): Date {
  return isISO8601(text, { strict: true }) ? DateTime.fromISO(text, { zone: 'utc' }).toJSDate() : new Date(NaN);
}

/** For ILIKE: anywhere in the text, its wildcards taken for themselves. */
export function containing(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}

/**
 * Adds a condition for each filter that is set. One that has the name of a column must be equal to it; for each other
 * there is a condition, which has the filter's name as its parameter.
 */
export function narrow<Row extends ObjectLiteral, Filters extends object>(
  rows: SelectQueryBuilder<Row>,
  filters: Filters,
  conditions: Record<Exclude<keyof Filters, keyof Row>, string>,
): SelectQueryBuilder<Row> {
  const known: Partial<Record<string, string>> = conditions;
  for (const [name, value] of Object.entries(filters)) {
    if (value !== undefined)
      rows.andWhere(known[name] ?? `${rows.alias}.${name} = :${name}`, { [name]: value as unknown });
  }
  return rows;
}
