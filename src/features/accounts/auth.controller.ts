import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Public } from '../../platform/auth/access.js';
import { ApiProblems } from '../../platform/errors/api-problems.js';
import { clientAddress } from '../../platform/http-server/client-address.js';
import { WithoutIdempotency } from '../../platform/idempotency/without-idempotency.decorator.js';
import { LoginDto, SignedInDto } from './auth.dto.js';
import { LoginService } from './login.service.js';

@ApiTags('auth')
@Controller('auth')
@Public()
@WithoutIdempotency()
export class AuthController {
  constructor(private readonly loginService: LoginService) {}

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with e-mail and password' })
  @ApiOkResponse({ type: SignedInDto })
  @ApiProblems(400, 401, 429)
  async login(@Body() body: LoginDto, @Req() request: Request): Promise<SignedInDto> {
    return SignedInDto.of(await this.loginService.login(body, clientAddress(request)));
  }
}
