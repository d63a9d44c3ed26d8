import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsUUID, Length, Max, Min, NotContains } from 'class-validator';
import { OneOfFilter, TextFilter, TimeFilter } from '../../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../../platform/http-server/paging.js';
import { OWNER_KINDS, type OwnerKind } from '../ledger/credit-account.entity.js';
import { ENTRY_KINDS, type CreditEntry, type EntryKind } from '../ledger/credit-entry.entity.js';
import type { AccountView } from '../ledger/account-views.js';

const LARGEST_GRANT = 1_000_000;
const LONGEST_NOTE = 500;

export class GrantDto {
  @ApiProperty({ type: 'integer', format: 'int64', minimum: 1, maximum: Number.MAX_SAFE_INTEGER, example: 42 })
  @IsInt()
  @Min(1)
  @Max(Number.MAX_SAFE_INTEGER)
  tgUserId!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: LARGEST_GRANT, example: 5 })
  @IsInt()
  @Min(1)
  @Max(LARGEST_GRANT)
  amount!: number;

  @ApiProperty({
    minLength: 1,
    maxLength: LONGEST_NOTE,
    example: 'For the long wait',
    description: 'The person reads it',
  })
  @Length(1, LONGEST_NOTE)
  @NotContains('\0', { message: 'must not have zero bytes' })
  note!: string;

  @ApiPropertyOptional({ example: '2099-12-31T00:00:00.000Z' })
  @TimeFilter('What is not spent by then expires; left out: never')
  expiresAt?: Date | null;
}

export class AccountsQuery extends PageQuery {
  @OneOfFilter(OWNER_KINDS)
  ownerKind?: OwnerKind;

  @TextFilter('A Telegram id, the id of a user, or `issued`, `spent`, `expired`')
  ownerId?: string;
}

export class EntriesQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  accountId?: string;

  @TextFilter('E.g. `job:0f8fad5b-d9cb-469f-a165-70867728950e`')
  reference?: string;

  @OneOfFilter(ENTRY_KINDS)
  kind?: EntryKind;
}

export class CreditAccountDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: OWNER_KINDS })
  ownerKind!: OwnerKind;

  @ApiProperty({ example: '42', description: 'A Telegram id, the id of a user, or `issued`, `spent`, `expired`' })
  ownerId!: string;

  @ApiProperty({ example: 'credit' })
  unit!: string;

  @ApiProperty({ type: 'integer', example: 5, description: 'Can be spent now; of the system: the sum of its lines' })
  available!: number;

  @ApiProperty({ type: 'integer', example: 1, description: 'For what was asked for and has not ended' })
  held!: number;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of({ updatedAt, ...account }: AccountView): CreditAccountDto {
    return { ...account, updatedAt: updatedAt.toISOString() };
  }
}

export class CreditEntryDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid', description: 'Lines of one transaction sum to zero' })
  transactionId!: string;

  @ApiProperty({ format: 'uuid' })
  accountId!: string;

  @ApiProperty({ enum: ENTRY_KINDS })
  kind!: EntryKind;

  @ApiProperty({ type: 'integer', example: 5 })
  availableDelta!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  heldDelta!: number;

  @ApiProperty({ type: 'integer', example: 5 })
  availableAfter!: number;

  @ApiProperty({ type: 'integer', example: 0 })
  heldAfter!: number;

  @ApiProperty({ type: String, nullable: true, example: 'job:0f8fad5b-d9cb-469f-a165-70867728950e' })
  reference!: string | null;

  @ApiProperty({ example: 'welcome:42' })
  idempotencyKey!: string;

  @ApiProperty({ example: 'system', description: '`user:{id}` of the panel, `telegram:{id}`, or `system`' })
  actor!: string;

  @ApiProperty({ type: String, nullable: true, example: 'For the long wait' })
  note!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of(entry: CreditEntry): CreditEntryDto {
    const { id, transactionId, accountId, kind, availableDelta, heldDelta, availableAfter, heldAfter } = entry;
    const { reference, idempotencyKey, actor, note, expiresAt, createdAt } = entry;
    return {
      id,
      transactionId,
      accountId,
      kind,
      availableDelta,
      heldDelta,
      availableAfter,
      heldAfter,
      reference,
      idempotencyKey,
      actor,
      note,
      expiresAt: expiresAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    };
  }
}

export const CreditAccountPageDto = pageOf(CreditAccountDto);
export const CreditEntryPageDto = pageOf(CreditEntryDto);
