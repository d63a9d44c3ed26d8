import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Authenticated, Public } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { clientAddress } from '../../../platform/http-server/client-address.js';
import { WithoutIdempotency } from '../../../platform/idempotency/without-idempotency.decorator.js';
import { RefreshTokenDto, SignedInDto, SignInDto, TokensDto } from './auth.dto.js';
import type { SigningIn } from './credentials.js';
import { LoginService } from './login.service.js';
import { PresentedTokens } from './presented-tokens.js';
import { RefreshCookie } from './refresh-cookie.js';
import { RegistrationService } from './registration.service.js';
import { Sessions } from './sessions.js';

@ApiTags('auth')
@Controller('auth')
@Public()
@WithoutIdempotency()
export class AuthController {
  constructor(
    private readonly registration: RegistrationService,
    private readonly loginService: LoginService,
    private readonly presented: PresentedTokens,
    private readonly sessions: Sessions,
    private readonly cookie: RefreshCookie,
  ) {}

  @Post('register')
  @ApiOperation({ summary: 'Make an account and sign in to it' })
  @ApiCreatedResponse({ type: SignedInDto })
  @ApiProblems(400, 403, 409, 429)
  async register(
    @Body() body: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInDto> {
    const signedIn = await this.registration.register(this.signingIn(body, request));
    return SignedInDto.of(this.cookie.deliver(response, signedIn));
  }

  @Post('login')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with e-mail and password' })
  @ApiOkResponse({ type: SignedInDto })
  @ApiProblems(400, 401, 403, 429)
  async login(
    @Body() body: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignedInDto> {
    const signedIn = await this.loginService.login(this.signingIn(body, request));
    return SignedInDto.of(this.cookie.deliver(response, signedIn));
  }

  @Post('refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'Exchange a refresh token for new tokens' })
  @ApiBody({ type: RefreshTokenDto, required: false })
  @ApiOkResponse({ type: TokensDto })
  @ApiProblems(400, 401, 403, 429)
  async refresh(
    @Body() { refreshToken }: RefreshTokenDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<TokensDto> {
    return TokensDto.of(await this.presented.exchange(request, response, refreshToken));
  }

  @Post('logout')
  @HttpCode(204)
  @ApiOperation({ summary: 'End the session of a refresh token, whether or not it still lives' })
  @ApiBody({ type: RefreshTokenDto, required: false })
  @ApiNoContentResponse()
  @ApiProblems(400, 429)
  async logout(
    @Body() { refreshToken }: RefreshTokenDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.presented.end(request, response, refreshToken);
  }

  @Post('logout-all')
  @Authenticated()
  @HttpCode(204)
  @ApiOperation({ summary: 'End all sessions of the account' })
  @ApiNoContentResponse()
  @ApiProblems(429)
  async logoutAll(@CurrentUser() { id }: Principal, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.sessions.endAll(id, 'logout_all');
    this.cookie.clear(response);
  }

  private signingIn({ email, password, session }: SignInDto, request: Request): SigningIn {
    const kind = session ?? 'token';
    // Else another site could sign its own account in here.
    if (kind === 'cookie') this.cookie.assertOwnOrigin(request);
    return { email, password, kind, userAgent: request.get('user-agent'), address: clientAddress(request) };
  }
}
