import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../platform/auth/access.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { AlertDto, AlertPageDto, AlertsQuery } from './alerts.dto.js';
import { AlertsFrontend } from './alerts-frontend.js';
import { AlertsRepository } from './alerts.repository.js';

@ApiTags('ops')
@Controller('alerts')
@RequireRole('admin')
export class AlertsController {
  constructor(
    private readonly alerts: AlertsRepository,
    private readonly frontend: AlertsFrontend,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What needed the operator, the newest first' })
  @ApiOkResponse({ type: AlertPageDto })
  @ApiProblems(400)
  async list(@Query() query: AlertsQuery): Promise<Page<AlertDto>> {
    const found = await this.alerts.page(query, query);
    return pageFrom(query, found, (alert) => AlertDto.of(alert, this.frontend.words(alert)));
  }
}
