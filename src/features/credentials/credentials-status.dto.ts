import { ApiProperty } from '@nestjs/swagger';
import { CREDENTIAL_STATUSES } from './credential.entity.js';
import type { AccountState, AccountStatus, PlatformStatus } from './credentials-status.js';
import { oauthOffer, type OAuthOffer } from './oauth-offer.js';
import {
  CREDENTIAL_PLATFORMS,
  OAUTH_PLATFORMS,
  type CredentialPlatform,
  type OAuthPlatformName,
} from './platforms/credential-platform.js';
import type { Platform, SecretField, SecretForm } from './platforms/platform.js';

class OAuthOfferDto implements OAuthOffer {
  @ApiProperty()
  available!: boolean;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why not' })
  reason!: string | null;

  @ApiProperty({
    type: String,
    enum: Object.keys(OAUTH_PLATFORMS),
    nullable: true,
    example: 'youtube',
    description: 'The {platform} of /oauth/{platform}/authorize',
  })
  name!: OAuthPlatformName | null;
}

class SecretFieldDto implements SecretField {
  @ApiProperty({ example: 'botToken' })
  name!: string;

  @ApiProperty()
  required!: boolean;

  @ApiProperty({ example: 'Token of your bot, from @BotFather' })
  description!: string;
}

class SecretFormDto implements SecretForm {
  @ApiProperty({ example: 'bot' })
  name!: string;

  @ApiProperty({ type: [SecretFieldDto] })
  fields!: SecretFieldDto[];
}

export class CredentialPlatformDto {
  @ApiProperty({ enum: CREDENTIAL_PLATFORMS })
  platform!: CredentialPlatform;

  @ApiProperty({ type: [SecretFormDto], description: 'Ways to fill in secrets by hand: all fields are of one form' })
  forms!: SecretFormDto[];

  @ApiProperty({ type: OAuthOfferDto })
  oauth!: OAuthOfferDto;

  static of(platform: Platform): CredentialPlatformDto {
    const forms = platform.forms.map(({ name, fields }) => ({ name, fields: [...fields] }));
    return { platform: platform.name, forms, oauth: oauthOffer(platform) };
  }
}

class AccountStatusDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'Our channel' })
  accountName!: string;

  @ApiProperty({
    enum: [...CREDENTIAL_STATUSES, 'unknown'],
    description: 'unknown: there is nobody who could be asked',
  })
  status!: AccountState;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it is so, or not known better' })
  reason!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the platform was last asked' })
  checkedAt!: string | null;

  static of({ checkedAt, ...account }: AccountStatus): AccountStatusDto {
    return { ...account, checkedAt: checkedAt?.toISOString() ?? null };
  }
}

export class PlatformStatusDto {
  @ApiProperty({ enum: CREDENTIAL_PLATFORMS })
  platform!: CredentialPlatform;

  @ApiProperty({ description: 'Whether one of its accounts works' })
  connected!: boolean;

  @ApiProperty({ type: OAuthOfferDto })
  oauth!: OAuthOfferDto;

  @ApiProperty({ type: [AccountStatusDto] })
  accounts!: AccountStatusDto[];

  static of({ accounts, ...platform }: PlatformStatus): PlatformStatusDto {
    return { ...platform, accounts: accounts.map((account) => AccountStatusDto.of(account)) };
  }
}
