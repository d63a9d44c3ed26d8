import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import { USER_ROLES, type Account, type UserRole } from '../../../platform/auth/principal.js';
import { EMAIL_LENGTH, PASSWORD_LENGTH } from '../accounts.config.js';
import type { SignedIn } from './credentials.js';
import { SESSION_KINDS, type SessionKind } from './session.entity.js';
import type { IssuedTokens } from './sessions.js';

export class SignInDto {
  @ApiProperty({ example: 'ada@example.com', format: 'email', maxLength: EMAIL_LENGTH })
  @IsEmail()
  @MaxLength(EMAIL_LENGTH)
  email!: string;

  @ApiProperty({ example: 'correct horse battery', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  password!: string;

  @ApiPropertyOptional({
    enum: SESSION_KINDS,
    default: 'token',
    description: 'Where the refresh token goes: into the answer, or into an HttpOnly cookie that pages cannot read',
  })
  @IsOptional()
  @IsIn(SESSION_KINDS)
  session?: SessionKind;
}

export class RefreshTokenDto {
  @ApiPropertyOptional({
    example: 'lqOQ5pDYhVXG2sVn6tzmZk0yN8bPpqCj3e1vHcJwKxg',
    maxLength: 512,
    description: 'Without it the one in the cookie is meant',
  })
  @IsOptional()
  @IsString()
  @MaxLength(512)
  refreshToken?: string;
}

export class TokensDto {
  @ApiProperty({ description: 'To be sent as `Authorization: Bearer …`', example: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.4Ad' })
  accessToken!: string;

  @ApiPropertyOptional({
    example: 'lqOQ5pDYhVXG2sVn6tzmZk0yN8bPpqCj3e1vHcJwKxg',
    description: 'For `/auth/refresh`, good for one use; not there when the session lives in a cookie',
  })
  refreshToken?: string;

  @ApiProperty({ enum: ['Bearer'] })
  tokenType!: 'Bearer';

  @ApiProperty({ example: 900, description: 'Seconds that the access token is good' })
  expiresIn!: number;

  static of(tokens: IssuedTokens): TokensDto {
    return fieldsOf(tokens);
  }
}

export class SignedInUserDto implements Account {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'ada@example.com' })
  email!: string;

  @ApiProperty({ enum: USER_ROLES })
  role!: UserRole;
}

export class SignedInDto extends TokensDto {
  @ApiProperty({ type: SignedInUserDto })
  user!: SignedInUserDto;

  static override of({ user: { id, email, role }, ...tokens }: SignedIn): SignedInDto {
    return { ...fieldsOf(tokens), user: { id, email, role } };
  }
}

function fieldsOf({ accessToken, refreshToken, kind }: IssuedTokens) {
  return {
    accessToken: accessToken.token,
    refreshToken: kind === 'token' ? refreshToken : undefined,
    tokenType: 'Bearer' as const,
    expiresIn: accessToken.expiresInSec,
  };
}
