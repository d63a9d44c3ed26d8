import { ApiProperty } from '@nestjs/swagger';
import { Length } from 'class-validator';
import { PASSWORD_LENGTH } from '../../accounts.config.js';
import type { MadeLink } from './password-links.js';

const LONGEST_TOKEN = 512;

export class PasswordLinkDto {
  @ApiProperty({
    example: 'https://nexus.example.com/set-password?token=lqOQ5pDYhVXG2sVn6tzmZk0yN8bPpqCj3e1vHcJwKxg',
    description: 'To be handed to the owner of the account; shown this once',
  })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  static of({ url, expiresAt }: MadeLink): PasswordLinkDto {
    return { url, expiresAt: expiresAt.toISOString() };
  }
}

export class UsePasswordLinkDto {
  @ApiProperty({
    example: 'lqOQ5pDYhVXG2sVn6tzmZk0yN8bPpqCj3e1vHcJwKxg',
    minLength: 1,
    maxLength: LONGEST_TOKEN,
    description: 'The one in the link',
  })
  @Length(1, LONGEST_TOKEN)
  token!: string;

  @ApiProperty({ example: 'staple battery horse', minLength: PASSWORD_LENGTH.min, maxLength: PASSWORD_LENGTH.max })
  @Length(PASSWORD_LENGTH.min, PASSWORD_LENGTH.max)
  newPassword!: string;
}
