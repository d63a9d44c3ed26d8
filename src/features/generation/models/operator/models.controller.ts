import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { GenerationModelDto, GenerationModelsDto, ModelSlugDto, PauseModelDto } from './model.dto.js';
import { ModelSwitch } from './model-switch.js';

const BY_HAND = 'The operator has paused it';

/** A slug may have a slash in it: it stands in the body. */
@ApiTags('generation')
@Controller('generation/models')
@RequireRole('admin')
export class GenerationModelsController {
  constructor(private readonly models: ModelSwitch) {}

  @Get()
  @ApiOperation({ summary: 'Models that videos are made with' })
  @ApiOkResponse({ type: GenerationModelsDto })
  async list(): Promise<GenerationModelsDto> {
    return { items: (await this.models.list()).map((standing) => GenerationModelDto.of(standing)) };
  }

  @Post('pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make no more videos with a model; those that wait move to the next one' })
  @ApiOkResponse({ type: GenerationModelDto })
  @ApiProblems(400, 404)
  async pause(@CurrentUser() by: Principal, @Body() { slug, reason }: PauseModelDto): Promise<GenerationModelDto> {
    return GenerationModelDto.of(await this.models.pause(`user:${by.id}`, slug, reason ?? BY_HAND));
  }

  @Post('resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make videos with a model again' })
  @ApiOkResponse({ type: GenerationModelDto })
  @ApiProblems(400, 404)
  async resume(@CurrentUser() by: Principal, @Body() { slug }: ModelSlugDto): Promise<GenerationModelDto> {
    return GenerationModelDto.of(await this.models.resume(`user:${by.id}`, slug));
  }
}
