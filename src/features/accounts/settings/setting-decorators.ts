import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateIf,
} from 'class-validator';

interface Wording {
  description: string;
  example?: unknown;
}

interface Range extends Wording {
  min: number;
  max: number;
}

interface Text extends Wording {
  maxLength: number;
  minLength?: number;
  /** What it must look like, and how that is said. */
  pattern?: { regex: RegExp; message: string };
}

const MILLI = 3;

/** Marks a setting that is on or off. */
export function FlagSetting(fallback: boolean, description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: Boolean, default: fallback, example: fallback, description }),
    IsBoolean(),
  );
}

/** Marks a setting that is a number with up to three decimals. */
export function NumberSetting(fallback: number, { min, max, ...wording }: Range): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: Number, minimum: min, maximum: max, default: fallback, example: fallback, ...wording }),
    IsNumber({ maxDecimalPlaces: MILLI }),
    Min(min),
    Max(max),
  );
}

/** Marks a setting that is a whole number; may be none where its default is. */
export function WholeNumberSetting(fallback: number | null, { min, max, ...wording }: Range): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: 'integer',
      minimum: min,
      maximum: max,
      ...fallbackOf(fallback),
      ...wording,
    }),
    NoneWhere(fallback),
    IsInt(),
    Min(min),
    Max(max),
  );
}

/** Marks a setting that is one of `values`. */
export function ChoiceSetting(fallback: string, values: readonly string[], description: string): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ enum: [...values], default: fallback, example: fallback, description }),
    IsIn(values),
  );
}

/** Marks a setting that is a list of `values`, each at most once. */
export function ChoicesSetting(
  fallback: readonly string[],
  values: readonly string[],
  description: string,
): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'string', enum: [...values] },
      uniqueItems: true,
      maxItems: values.length,
      default: [...fallback],
      example: [...fallback],
      description,
    }),
    IsArray(),
    ArrayMaxSize(values.length),
    ArrayUnique(),
    IsIn(values, { each: true }),
  );
}

/** Marks a setting that is a text; may be none where its default is. */
export function TextSetting(fallback: string | null, { pattern, ...options }: Text): PropertyDecorator {
  const { minLength, maxLength, ...wording } = options;
  return applyDecorators(
    ApiProperty({
      type: String,
      minLength,
      maxLength,
      pattern: pattern?.regex.source,
      ...fallbackOf(fallback),
      ...wording,
    }),
    NoneWhere(fallback),
    IsString(),
    ...(minLength === undefined ? [] : [MinLength(minLength)]),
    MaxLength(maxLength),
    ...(pattern ? [Matches(pattern.regex, { message: pattern.message })] : []),
  );
}

function fallbackOf(fallback: string | number | null) {
  return fallback === null ? { nullable: true, default: null } : { default: fallback, example: fallback };
}

function NoneWhere(fallback: unknown): PropertyDecorator {
  return ValidateIf((_, value) => value !== null || fallback !== null);
}
