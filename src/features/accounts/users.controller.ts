import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../platform/auth/access.js';
import { CurrentUser } from '../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../platform/auth/principal.js';
import { ProfileDto } from './users.dto.js';
import { UsersService } from './users.service.js';

@ApiTags('users')
@Controller('users')
@Authenticated()
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Get('me')
  @ApiOperation({ summary: 'The account that is signed in' })
  @ApiOkResponse({ type: ProfileDto })
  async me(@CurrentUser() { id }: Principal): Promise<ProfileDto> {
    return ProfileDto.of(await this.users.profile(id));
  }
}
