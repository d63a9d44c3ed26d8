import { ApiProperty } from '@nestjs/swagger';
import type { AuthorizationStart } from './oauth.service.js';

export class AuthorizationStartDto implements AuthorizationStart {
  @ApiProperty({
    example: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=…&response_type=code&state=…',
    description: 'The consent page of the platform: where to send the browser, within ten minutes',
  })
  authorizationUrl!: string;

  @ApiProperty({
    example: 'xE3yQ0b0m6V7m1n2p3q4r5s6t7u8v9w0x1y2z3A4B5C',
    description: 'Comes back with the browser; good once',
  })
  state!: string;
}
