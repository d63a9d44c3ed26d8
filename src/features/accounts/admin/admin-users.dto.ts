import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, Max, Min, ValidateIf, ValidateNested } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../../platform/auth/principal.js';
import { FlagFilter, OneOfFilter, TextFilter } from '../../../platform/http-server/filters.js';
import { PageQuery, pageOf, SortableBy } from '../../../platform/http-server/paging.js';
import type { Permissions, QuotaLimits } from '../limits/limits.js';
import { SignInDto } from '../sessions/auth.dto.js';
import { ProfileChangesDto, ProfileDto } from '../users/me/users.dto.js';
import type { User } from '../users/user.entity.js';
import type { AccountChanges } from './account-changes.js';
import type { UserFilter } from './admin-users.repository.js';
import type { NewUser } from './new-users.js';

const MOST = 1_000_000;
const MOST_BYTES = 2 ** 50;
const MOST_HOURS = 8_760;

export class AdminUsersQuery extends PageQuery implements UserFilter {
  @TextFilter('Somewhere in the e-mail or the name')
  text?: string;

  @OneOfFilter(USER_ROLES)
  role?: UserRole;

  @FlagFilter()
  isActive?: boolean;

  @SortableBy('createdAt', 'email')
  sort = '-createdAt';
}

/** A field that may be left out, but not be null: there is nothing that null would mean. */
const MayBeLeftOut = () => ValidateIf((_, value: unknown) => value !== undefined);

class EveryPermissionDto implements Permissions {
  @ApiProperty({ example: true })
  @IsBoolean()
  canTranscribe!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  canUpload!: boolean;

  @ApiProperty({ example: false })
  @IsBoolean()
  canDeleteRecordings!: boolean;
}

class EveryQuotaDto implements QuotaLimits {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: MOST, example: 200 })
  @IsInt()
  @Min(0)
  @Max(MOST)
  maxRecordingsPerMonth!: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MOST_BYTES, example: 107_374_182_400 })
  @IsInt()
  @Min(0)
  @Max(MOST_BYTES)
  maxStorageBytes!: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MOST, example: 3, description: 'Tasks that run at once' })
  @IsInt()
  @Min(0)
  @Max(MOST)
  maxConcurrentTasks!: number;

  @ApiProperty({ type: 'integer', minimum: 0, maximum: MOST, example: 5 })
  @IsInt()
  @Min(0)
  @Max(MOST)
  maxAutomationJobs!: number;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_HOURS, example: 1 })
  @IsInt()
  @Min(1)
  @Max(MOST_HOURS)
  minAutomationIntervalHours!: number;
}

export class PermissionChangesDto extends PartialType(EveryPermissionDto, { skipNullProperties: false }) {}

export class QuotaChangesDto extends PartialType(EveryQuotaDto, { skipNullProperties: false }) {}

export class CreateUserDto
  extends IntersectionType(PickType(SignInDto, ['email']), PickType(ProfileChangesDto, ['name']))
  implements NewUser
{
  @ApiPropertyOptional({ enum: USER_ROLES, default: 'user' })
  @MayBeLeftOut()
  @IsIn(USER_ROLES)
  role?: UserRole;
}

export class UpdateUserDto extends PickType(ProfileChangesDto, ['name']) implements AccountChanges {
  @ApiPropertyOptional({ enum: USER_ROLES })
  @MayBeLeftOut()
  @IsIn(USER_ROLES)
  role?: UserRole;

  @ApiPropertyOptional({ example: false, description: 'Nobody can sign in to an account that is not, nor go on' })
  @MayBeLeftOut()
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({ type: PermissionChangesDto, description: 'Those that are left out stay' })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => PermissionChangesDto)
  permissions?: PermissionChangesDto;

  @ApiPropertyOptional({ type: QuotaChangesDto, description: 'Those that are left out stay' })
  @MayBeLeftOut()
  @IsObject()
  @ValidateNested()
  @Type(() => QuotaChangesDto)
  quotas?: QuotaChangesDto;
}

/** An account in a list: without its use. */
export class AdminUserDto extends OmitType(ProfileDto, ['usage']) {
  static of(user: User): AdminUserDto {
    const { id, email, name, role, isActive, language, timezone, permissions, quotas, createdAt } = user;
    return {
      ...{ id, email, name, role, isActive, language, timezone, permissions, quotas },
      createdAt: createdAt.toISOString(),
    };
  }
}

export const AdminUserPageDto = pageOf(AdminUserDto);
