import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '../../../../platform/auth/access.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { clientAddress } from '../../../../platform/http-server/client-address.js';
import { WithoutIdempotency } from '../../../../platform/idempotency/without-idempotency.decorator.js';
import { UsePasswordLinkDto } from './password-link.dto.js';
import { PasswordLinks } from './password-links.js';

@ApiTags('auth')
@Controller('auth/password-link')
@Public()
export class PasswordLinkController {
  constructor(private readonly links: PasswordLinks) {}

  @Post()
  @HttpCode(204)
  // A hash of the body would be kept, which is too little for a password.
  @WithoutIdempotency()
  @ApiOperation({ summary: 'Set a password by a link that the operator has made; ends all sessions' })
  @ApiNoContentResponse()
  @ApiProblems(400, 401, 429)
  async use(@Body() { token, newPassword }: UsePasswordLinkDto, @Req() request: Request): Promise<void> {
    await this.links.use(token, newPassword, clientAddress(request));
  }
}
