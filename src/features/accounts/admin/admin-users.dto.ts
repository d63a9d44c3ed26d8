import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, IntersectionType, OmitType, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsIn, IsInt, IsObject, Max, Min, ValidateNested } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../../platform/auth/principal.js';
import { FlagFilter, OneOfFilter, TextFilter } from '../../../platform/http-server/filters.js';
import { MayBeLeftOut } from '../../../platform/http-server/may-be-left-out.js';
import { PageQuery, pageOf, SortableBy } from '../../../platform/http-server/paging.js';
import { QUOTA_BOUNDS, type Permissions, type QuotaLimits } from '../limits/limits.js';
import { SignInDto } from '../sessions/auth.dto.js';
import { ProfileChangesDto, ProfileDto } from '../users/me/users.dto.js';
import type { User } from '../users/user.entity.js';
import type { AccountChanges } from './account-changes.js';
import type { UserFilter } from './admin-users.repository.js';
import type { NewUser } from './new-users.js';

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

/** Marks a quota, with what it may be. */
function Quota(name: keyof QuotaLimits, wording: { example: number; description?: string }): PropertyDecorator {
  const { min, max } = QUOTA_BOUNDS[name];
  return applyDecorators(
    ApiProperty({ type: 'integer', minimum: min, maximum: max, ...wording }),
    IsInt(),
    Min(min),
    Max(max),
  );
}

class EveryQuotaDto implements QuotaLimits {
  @Quota('maxRecordingsPerMonth', { example: 200 })
  maxRecordingsPerMonth!: number;

  @Quota('maxStorageBytes', { example: 107_374_182_400 })
  maxStorageBytes!: number;

  @Quota('maxConcurrentTasks', { example: 3, description: 'Tasks that run at once' })
  maxConcurrentTasks!: number;

  @Quota('maxAutomationJobs', { example: 5 })
  maxAutomationJobs!: number;

  @Quota('minAutomationIntervalHours', { example: 1 })
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
