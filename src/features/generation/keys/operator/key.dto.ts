import { ApiProperty, ApiPropertyOptional, IntersectionType, PartialType, PickType } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { OneOfFilter, TextFilter } from '../../../../platform/http-server/filters.js';
import { PageQuery, SortableBy } from '../../../../platform/http-server/paging.js';
import { ERROR_CLASSES, type ErrorClass } from '../../kie/error-class.js';
import { KEY_STATUSES, type KeyStatus } from '../generation-key.entity.js';
import type { KeyTestResult } from './key-test-result.js';
import type { ShownKey } from './shown-key.js';

const NAME = /^[A-Za-z0-9][\w.-]{0,63}$/;
const NAMED = {
  message: 'must have 1 to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit',
};

/** What the operator may set; the other states are KIE's doing. */
const CHOSEN_STATUSES = ['active', 'disabled'] as const;

export class GenerationKeysQuery extends PageQuery {
  @OneOfFilter(KEY_STATUSES)
  status?: KeyStatus;

  @TextFilter()
  account?: string;

  @SortableBy('name', 'createdAt', 'lastUsedAt')
  sort = 'name';
}

class KeySettingsDto {
  @ApiProperty({ example: 'main', description: 'Alerts know it by this: it cannot be changed' })
  @Matches(NAME, NAMED)
  name!: string;

  @ApiProperty({ example: 'main', description: 'Keys of one account of KIE share its limits and its money' })
  @Matches(NAME, NAMED)
  account!: string;

  @ApiProperty({ writeOnly: true, example: '0123456789abcdef0123456789abcdef', description: 'Kept encrypted' })
  @Matches(/^[\x21-\x7e]{1,1000}$/, { message: 'must be 1 to 1000 printable characters without spaces' })
  apiKey!: string;
}

class KeySwitchDto {
  @ApiProperty({
    enum: CHOSEN_STATUSES,
    description: 'A disabled key makes no videos, but looks after those it has begun',
  })
  @IsIn(CHOSEN_STATUSES)
  status!: (typeof CHOSEN_STATUSES)[number];
}

export class CreateGenerationKeyDto extends KeySettingsDto {}

export class UpdateGenerationKeyDto extends PartialType(
  IntersectionType(PickType(KeySettingsDto, ['account', 'apiKey']), KeySwitchDto),
  { skipNullProperties: false },
) {}

export class GenerationKeyDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'main' })
  name!: string;

  @ApiProperty({ example: 'main' })
  account!: string;

  @ApiProperty({ example: '••••cdef' })
  keyMasked!: string;

  @ApiProperty({ enum: KEY_STATUSES })
  status!: KeyStatus;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When its block ends by itself' })
  blockedUntil!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'You do not have access permissions',
    description: 'What KIE has said',
  })
  blockReason!: string | null;

  @ApiProperty({ type: 'integer', description: 'Videos that KIE makes with it at the moment' })
  inFlight!: number;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  failures!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastUsedAt!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Credits of KIE on its account, as KIE told last' })
  balance!: number | null;

  static of({ blockedUntil, lastUsedAt, ...key }: ShownKey): GenerationKeyDto {
    return {
      ...key,
      blockedUntil: blockedUntil?.toISOString() ?? null,
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
    };
  }
}

export class GenerationKeyErrorDto {
  @ApiProperty({ enum: ERROR_CLASSES })
  class!: ErrorClass;

  @ApiProperty({ example: '401' })
  code!: string;

  @ApiProperty({ example: 'You do not have access permissions' })
  message!: string;
}

export class GenerationKeyTestDto {
  @ApiProperty()
  ok!: boolean;

  @ApiProperty({ type: 'integer' })
  ms!: number;

  @ApiPropertyOptional({ description: 'Credits of KIE on its account' })
  balance?: number;

  @ApiPropertyOptional({ type: GenerationKeyErrorDto })
  error?: GenerationKeyErrorDto;

  static of(result: KeyTestResult): GenerationKeyTestDto {
    const { ok, ms } = result;
    if (result.ok) return { ok, ms, balance: result.balance };
    const { class: errorClass, code, message } = result.error;
    return { ok, ms, error: { class: errorClass, code, message } };
  }
}
