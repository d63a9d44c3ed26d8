import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { GenerationDashboardDto } from './dashboard.dto.js';
import { DashboardService } from './dashboard.service.js';

@ApiTags('generation')
@Controller('generation/dashboard')
@RequireRole('admin')
export class GenerationDashboardController {
  constructor(private readonly dashboard: DashboardService) {}

  @Get()
  @ApiOperation({ summary: 'How generation is doing' })
  @ApiOkResponse({ type: GenerationDashboardDto })
  get(): Promise<GenerationDashboardDto> {
    return this.dashboard.read();
  }
}
