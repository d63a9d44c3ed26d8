import { Body, Controller, Get, HttpCode, Patch, Post, Put } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { Authenticated } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { ConfigDto, ExplainedSettingDto, ResetConfigDto } from './config.dto.js';
import { ConfigPatchDto } from './config-patch.dto.js';
import { explainConfig } from './resolve-config.js';
import { UserConfigs } from './user-configs.js';

const PATCH_BODY = {
  type: ConfigPatchDto,
  examples: {
    change: {
      summary: 'Two fields',
      value: { processing: { silenceThresholdDb: -45 }, metadata: { tags: ['lecture'] } },
    },
    default: { summary: 'Back to the default', value: { processing: { silenceThresholdDb: null } } },
  },
};

@ApiTags('users')
@Controller('users/me/config')
@Authenticated()
export class ConfigController {
  constructor(private readonly configs: UserConfigs) {}

  @Get()
  @ApiOperation({ summary: 'How recordings are treated' })
  @ApiOkResponse({ type: ConfigDto })
  @ApiProblems(429)
  get(@CurrentUser() { id }: Principal): Promise<ConfigDto> {
    return this.configs.documentOf(id);
  }

  @Get('explain')
  @ApiOperation({ summary: 'Where each setting comes from: chosen by the user, or the default' })
  @ApiExtraModels(ExplainedSettingDto)
  @ApiOkResponse({
    description: 'By dotted path',
    schema: {
      type: 'object',
      additionalProperties: { $ref: getSchemaPath(ExplainedSettingDto) },
      example: {
        'processing.silenceThresholdDb': { value: -45, source: 'user' },
        'processing.minSilenceSec': { value: 2, source: 'default' },
      },
    },
  })
  @ApiProblems(429)
  async explain(@CurrentUser() { id }: Principal): Promise<Record<string, ExplainedSettingDto>> {
    return explainConfig({ user: await this.configs.choicesOf(id) });
  }

  @Patch()
  @ApiOperation({
    summary: 'Change some settings',
    description: 'Objects are merged, values and lists replaced; null is «back to the default», for a section too.',
  })
  @ApiBody(PATCH_BODY)
  @ApiOkResponse({ type: ConfigDto })
  @ApiProblems(400, 409, 422, 429)
  change(@CurrentUser() { id }: Principal, @Body() patch: unknown): Promise<ConfigDto> {
    return this.configs.change(id, patch);
  }

  @Put()
  @ApiOperation({ summary: 'The same as PATCH', deprecated: true })
  @ApiBody(PATCH_BODY)
  @ApiOkResponse({ type: ConfigDto })
  @ApiProblems(400, 409, 422, 429)
  put(@CurrentUser() { id }: Principal, @Body() patch: unknown): Promise<ConfigDto> {
    return this.configs.change(id, patch);
  }

  @Post('reset')
  @HttpCode(200)
  @ApiOperation({ summary: 'Back to the defaults, with one section or all' })
  @ApiBody({ type: ResetConfigDto, required: false })
  @ApiOkResponse({ type: ConfigDto })
  @ApiProblems(400, 409, 422, 429)
  reset(@CurrentUser() { id }: Principal, @Body() { section }: ResetConfigDto): Promise<ConfigDto> {
    return this.configs.reset(id, section);
  }
}
