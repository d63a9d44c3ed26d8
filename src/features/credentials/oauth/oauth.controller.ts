import { applyDecorators, Controller, Get, Header, HttpStatus, Param, Query, Redirect } from '@nestjs/common';
import { ApiFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Authenticated, Public } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import type { OAuthPlatformName } from '../platforms/credential-platform.js';
import { callbackQuery } from './callback-query.js';
import { FAILURE_REASONS } from './failure-reason.js';
import { AuthorizationStartDto } from './oauth.dto.js';
import { OAuthService } from './oauth.service.js';
import { OAuthAddresses } from './oauth-addresses.js';
import { OAUTH_PLATFORM_NAMES, OAuthPlatformPipe } from './oauth-platform.pipe.js';

/** States and codes travel in these addresses: neither the next page nor a cache may learn of them. */
const Discreet = () => applyDecorators(Header('Referrer-Policy', 'no-referrer'), Header('Cache-Control', 'no-store'));

const PlatformParam = () => ApiParam({ name: 'platform', enum: OAUTH_PLATFORM_NAMES, example: 'youtube' });

@ApiTags('oauth')
@Controller('oauth')
export class OAuthController {
  constructor(
    private readonly oauth: OAuthService,
    private readonly addresses: OAuthAddresses,
  ) {}

  @Get(':platform/authorize')
  @Authenticated()
  @Discreet()
  @ApiOperation({ summary: 'Begin to connect an account: answers where to send the browser' })
  @PlatformParam()
  @ApiOkResponse({ type: AuthorizationStartDto })
  @ApiProblems(404, 422, 429, 502)
  authorize(
    @CurrentUser() user: Principal,
    @Param('platform', OAuthPlatformPipe) platform: OAuthPlatformName,
  ): Promise<AuthorizationStartDto> {
    return this.oauth.authorize(user, platform);
  }

  @Get(':platform/callback')
  @Public()
  @Discreet()
  @Redirect(undefined, HttpStatus.FOUND)
  @ApiOperation({
    summary: 'Where platforms send browsers back to',
    description:
      'Whatever comes, it ends at `/connections?oauth=success|error&platform=…&reason=…`, ' +
      `where the reason of an error is one of ${FAILURE_REASONS.join(', ')}.`,
  })
  @PlatformParam()
  @ApiQuery({ name: 'state', required: false })
  @ApiQuery({ name: 'code', required: false })
  @ApiQuery({ name: 'error', required: false, example: 'access_denied' })
  @ApiQuery({ name: 'device_id', required: false, description: 'From VK' })
  @ApiFoundResponse({ description: 'To the page that tells how it went' })
  @ApiProblems(404, 429)
  async callback(
    @Param('platform', OAuthPlatformPipe) platform: OAuthPlatformName,
    @Query() query: Record<string, unknown>,
  ): Promise<{ url: string }> {
    return { url: this.addresses.result(platform, await this.oauth.finish(platform, callbackQuery(query))) };
  }
}
