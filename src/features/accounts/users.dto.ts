import { ApiProperty } from '@nestjs/swagger';
import { USER_ROLES, type UserRole } from '../../platform/auth/principal.js';
import { LANGUAGES, type Language, type User } from './user.entity.js';

export class ProfileDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: USER_ROLES })
  role!: UserRole;

  @ApiProperty()
  isActive!: boolean;

  @ApiProperty({ enum: LANGUAGES })
  language!: Language;

  @ApiProperty({ example: 'Europe/Moscow' })
  timezone!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of({ id, email, name, role, isActive, language, timezone, createdAt }: User): ProfileDto {
    return { id, email, name, role, isActive, language, timezone, createdAt: createdAt.toISOString() };
  }
}
