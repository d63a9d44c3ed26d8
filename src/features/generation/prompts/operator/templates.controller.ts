import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireRole } from '../../../../platform/auth/access.js';
import { CurrentUser } from '../../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../../platform/auth/principal.js';
import { ApiProblems } from '../../../../platform/errors/api-problems.js';
import { IdParam } from '../../../../platform/http-server/id-param.js';
import { pageFrom, type Page } from '../../../../platform/http-server/paging.js';
import {
  CreateTemplateDto,
  PreviewTemplateDto,
  TemplateDto,
  TemplatePageDto,
  TemplatePreviewDto,
  TemplatesQuery,
  UpdateTemplateDto,
} from './template.dto.js';
import { TemplatesService } from './templates.service.js';

@ApiTags('generation templates')
@Controller('generation/templates')
@RequireRole('admin')
export class TemplatesController {
  constructor(private readonly templates: TemplatesService) {}

  @Get()
  @ApiOperation({ summary: 'Prompt templates by name, the newest version first' })
  @ApiOkResponse({ type: TemplatePageDto })
  @ApiProblems(400)
  async list(@Query() query: TemplatesQuery): Promise<Page<TemplateDto>> {
    return pageFrom(query, await this.templates.page(query), (template) => TemplateDto.of(template));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A version of a prompt template' })
  @ApiOkResponse({ type: TemplateDto })
  @ApiProblems(400, 404)
  async get(@Param() { id }: IdParam): Promise<TemplateDto> {
    return TemplateDto.of(await this.templates.get(id));
  }

  @Post()
  @ApiOperation({ summary: 'Write the next version of a prompt template, or the first of a new name' })
  @ApiCreatedResponse({ type: TemplateDto })
  @ApiProblems(400, 409, 422)
  async create(@CurrentUser() by: Principal, @Body() body: CreateTemplateDto): Promise<TemplateDto> {
    return TemplateDto.of(await this.templates.create(by, body));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Switch a version on or off, change its weight or its video model' })
  @ApiOkResponse({ type: TemplateDto })
  @ApiProblems(400, 404, 422)
  async update(
    @CurrentUser() by: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateTemplateDto,
  ): Promise<TemplateDto> {
    return TemplateDto.of(await this.templates.update(by, id, body));
  }

  @Post(':id/preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show what the LLM would be sent, and the prompt without it; nobody is asked' })
  @ApiOkResponse({ type: TemplatePreviewDto })
  @ApiProblems(400, 404)
  async preview(@Param() { id }: IdParam, @Body() body: PreviewTemplateDto): Promise<TemplatePreviewDto> {
    return this.templates.preview(id, { product: body.product, wishes: body.wishes ?? null });
  }
}
