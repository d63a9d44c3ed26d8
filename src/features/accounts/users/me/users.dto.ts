import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsTimeZone, Length, MaxLength } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../../../platform/auth/principal.js';
import { MayBeLeftOut } from '../../../../platform/http-server/may-be-left-out.js';
import { PASSWORD_LENGTH } from '../../accounts.config.js';
import type { Permissions, QuotaLimits, QuotaUse } from '../../limits/limits.js';
import { LANGUAGES, type Language } from '../user.entity.js';
import type { ProfileChanges } from '../users.repository.js';
import type { Profile } from './own-account.js';

const NAME_LENGTH = 100;
const TIMEZONE_LENGTH = 64;

export class PermissionsDto implements Permissions {
  @ApiProperty()
  canTranscribe!: boolean;

  @ApiProperty()
  canUpload!: boolean;

  @ApiProperty()
  canDeleteRecordings!: boolean;
}

export class QuotasDto implements QuotaLimits {
  @ApiProperty({ example: 100 })
  maxRecordingsPerMonth!: number;

  @ApiProperty({ example: 53_687_091_200 })
  maxStorageBytes!: number;

  @ApiProperty({ example: 3, description: 'Tasks that run at once; more wait' })
  maxConcurrentTasks!: number;

  @ApiProperty({ example: 5 })
  maxAutomationJobs!: number;

  @ApiProperty({ example: 1 })
  minAutomationIntervalHours!: number;
}

export class UsageDto implements QuotaUse {
  @ApiProperty({ example: 12, description: 'Of the calendar month in UTC' })
  recordingsThisMonth!: number;

  @ApiProperty({ example: 1_610_612_736 })
  storageBytes!: number;

  @ApiProperty({ example: 1 })
  runningTasks!: number;

  @ApiProperty({ example: 2 })
  automationJobs!: number;
}

export class ProfileDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ada@example.com' })
  email!: string;

  @ApiProperty({ example: 'Ada' })
  name!: string;

  @ApiProperty({ enum: USER_ROLES })
  role!: UserRole;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: LANGUAGES })
  language!: Language;

  @ApiProperty({ example: 'Europe/Moscow' })
  timezone!: string;

  @ApiProperty({ type: PermissionsDto })
  permissions!: PermissionsDto;

  @ApiProperty({ type: QuotasDto })
  quotas!: QuotasDto;

  @ApiProperty({ type: UsageDto })
  usage!: UsageDto;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of({ user, usage }: Profile): ProfileDto {
    const { id, email, name, role, isActive, language, timezone, permissions, quotas, createdAt } = user;
    return {
      ...{ id, email, name, role, isActive, language, timezone, permissions, quotas, usage },
      createdAt: createdAt.toISOString(),
    };
  }
}

export class ProfileChangesDto implements ProfileChanges {
  @ApiPropertyOptional({ example: 'Ada', maxLength: NAME_LENGTH })
  @MayBeLeftOut()
  @MaxLength(NAME_LENGTH)
  name?: string;

  @ApiPropertyOptional({ enum: LANGUAGES })
  @MayBeLeftOut()
  @IsIn(LANGUAGES)
  language?: Language;

  @ApiPropertyOptional({ example: 'Europe/Moscow', maxLength: TIMEZONE_LENGTH, description: 'Its IANA name' })
  @MayBeLeftOut()
  @MaxLength(TIMEZONE_LENGTH)
  @IsTimeZone({ message: 'must be the IANA name of a time zone' })
  timezone?: string;
}

export class PasswordChangeDto {
  @ApiProperty({ example: 'correct horse battery', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  currentPassword!: string;

  @ApiProperty({ example: 'staple battery horse', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  newPassword!: string;
}

export class AccountRemovalDto {
  @ApiProperty({ example: 'correct horse battery', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  password!: string;
}
