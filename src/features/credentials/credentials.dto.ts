import { ApiProperty, PickType, PartialType } from '@nestjs/swagger';
import { IsIn, IsObject, Length, Matches } from 'class-validator';
import { OneOfFilter } from '../../platform/http-server/filters.js';
import { PageQuery } from '../../platform/http-server/paging.js';
import { CREDENTIAL_STATUSES, type Credential, type CredentialStatus } from './credential.entity.js';
import { LONGEST_ACCOUNT_NAME } from './credentials-vault.js';
import { CREDENTIAL_PLATFORMS, type CredentialPlatform } from './platforms/credential-platform.js';

export class CredentialsQuery extends PageQuery {
  @OneOfFilter(CREDENTIAL_PLATFORMS)
  platform?: CredentialPlatform;

  @OneOfFilter(CREDENTIAL_STATUSES)
  status?: CredentialStatus;
}

export class CreateCredentialDto {
  @ApiProperty({ enum: CREDENTIAL_PLATFORMS, example: 'telegram' })
  @IsIn(CREDENTIAL_PLATFORMS)
  platform!: CredentialPlatform;

  @ApiProperty({
    minLength: 1,
    maxLength: LONGEST_ACCOUNT_NAME,
    example: 'Our channel',
    description: 'One of each platform',
  })
  @Length(1, LONGEST_ACCOUNT_NAME)
  @Matches(/\S/, { message: 'must have something to see' })
  accountName!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', minLength: 1, maxLength: 8192 },
    writeOnly: true,
    example: { botToken: '123456789:AAF3uX-4h7Yb0Qm', chatId: '@our_channel' },
    description: 'The fields of one of the forms that GET /credentials/platforms names',
  })
  @IsObject()
  secrets!: Record<string, unknown>;
}

/** New secrets take the place of all the old ones. */
export class UpdateCredentialDto extends PartialType(PickType(CreateCredentialDto, ['accountName', 'secrets']), {
  skipNullProperties: false,
}) {}

export class CredentialDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: CREDENTIAL_PLATFORMS, example: 'telegram' })
  platform!: CredentialPlatform;

  @ApiProperty({ example: 'Our channel' })
  accountName!: string;

  @ApiProperty({
    enum: CREDENTIAL_STATUSES,
    description: 'expired: its tokens have run out and nothing renews them; invalid: the platform takes it no more',
  })
  status!: CredentialStatus;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it is not active, or not checked' })
  reason!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { botToken: '••••b0Qm', chatId: '••••nnel' },
    description: 'Each secret by its last four characters, if it is long enough',
  })
  masked!: Record<string, string>;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '123456789',
    description: 'Of the account on the platform, once it has told it',
  })
  externalId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the platform was last asked' })
  checkedAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of(credential: Credential): CredentialDto {
    const { id, platform, accountName, status, statusReason, masked, externalId } = credential;
    return {
      id,
      platform,
      accountName,
      status,
      reason: statusReason,
      masked,
      externalId,
      checkedAt: credential.checkedAt?.toISOString() ?? null,
      createdAt: credential.createdAt.toISOString(),
      updatedAt: credential.updatedAt.toISOString(),
    };
  }
}
