import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { processConfig, type ProcessConfig } from '../../config/process.config.js';
import { guardedCookie } from '../../http-server/cookies.js';
import { WithoutIdempotency } from '../../idempotency/without-idempotency.decorator.js';
import { RequireRole } from '../access.js';
import { CurrentUser } from '../current-user.decorator.js';
import type { Principal } from '../principal.js';
import { PANEL_COOKIE, PANEL_SESSION_SEC, PanelSessions } from './panel-sessions.js';

@ApiTags('auth')
@Controller('auth/panel-session')
@RequireRole('admin')
@WithoutIdempotency()
export class PanelSessionController {
  constructor(
    private readonly sessions: PanelSessions,
    @Inject(processConfig.key) private readonly config: ProcessConfig,
  ) {}

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Open /queues in this browser for 10 minutes', description: 'Sets the cookie it asks for.' })
  @ApiNoContentResponse()
  async open(
    @CurrentUser() admin: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    response.cookie(PANEL_COOKIE, await this.sessions.open(admin), {
      ...guardedCookie(request, this.config.publicBaseUrl, '/queues'),
      maxAge: PANEL_SESSION_SEC * 1000,
    });
  }
}
