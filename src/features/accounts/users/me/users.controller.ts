import { Body, Controller, Delete, Get, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { WithoutIdempotency } from '../../../../platform/idempotency/without-idempotency.decorator.js';
import { OwnAccount } from './own-account.js';
import { AccountRemovalDto, PasswordChangeDto, ProfileChangesDto, ProfileDto } from './users.dto.js';

@ApiTags('users')
@Controller('users/me')
@Authenticated()
export class UsersController {
  constructor(private readonly account: OwnAccount) {}

  @Get()
  @ApiOperation({ summary: 'The account that is signed in' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems(429)
  async me(@CurrentUser() { id }: Principal): Promise<ProfileDto> {
    return ProfileDto.of(await this.account.profile(id));
  }

  @Patch()
  @ApiOperation({ summary: 'Change name, language or time zone' })
  @ApiOkResponse({ type: ProfileDto })
  @ApiProblems(400, 409, 422, 429)
  async change(@CurrentUser() { id }: Principal, @Body() changes: ProfileChangesDto): Promise<ProfileDto> {
    return ProfileDto.of(await this.account.change(id, changes));
  }

  @Delete()
  @HttpCode(204)
  // The answer would outlive the account.
  @WithoutIdempotency()
  @ApiOperation({ summary: 'Delete the account with everything that belongs to it' })
  @ApiNoContentResponse()
  @ApiProblems(400, 409, 429)
  async remove(@CurrentUser() { id }: Principal, @Body() { password }: AccountRemovalDto): Promise<void> {
    await this.account.remove(id, password);
  }

  @Post('password')
  @HttpCode(204)
  // A hash of the body would be kept, which is too little for a password.
  @WithoutIdempotency()
  @ApiOperation({ summary: 'Change the password; ends all sessions, this one too' })
  @ApiNoContentResponse()
  @ApiProblems(400, 429)
  async changePassword(@CurrentUser() { id }: Principal, @Body() body: PasswordChangeDto): Promise<void> {
    await this.account.changePassword(id, body.currentPassword, body.newPassword);
  }
}
