import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, Length } from 'class-validator';
import { USER_ROLES, type UserRole } from '../../platform/auth/principal.js';
import { PASSWORD_LENGTH } from './accounts.config.js';
import type { SignedIn } from './login.service.js';

export class LoginDto {
  @ApiProperty({ example: 'admin@example.com' })
  @IsEmail()
  email!: string;

  @ApiProperty({ minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  password!: string;
}

export class SignedInUserDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty({ enum: USER_ROLES })
  role!: UserRole;
}

export class SignedInDto {
  @ApiProperty({ description: 'To be sent as `Authorization: Bearer …`' })
  accessToken!: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType!: 'Bearer';

  @ApiProperty({ example: 900, description: 'Seconds that the access token is good' })
  expiresIn!: number;

  @ApiProperty({ type: SignedInUserDto })
  user!: SignedInUserDto;

  static of({ user, accessToken }: SignedIn): SignedInDto {
    const { id, email, role } = user;
    return {
      accessToken: accessToken.token,
      tokenType: 'Bearer',
      expiresIn: accessToken.expiresInSec,
      user: { id, email, role },
    };
  }
}
