import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { IdParam } from '../../../platform/http-server/id-param.js';
import { pageFrom, PageQuery, type Page } from '../../../platform/http-server/paging.js';
import { WithoutIdempotency } from '../../../platform/idempotency/without-idempotency.decorator.js';
import { CreateWebhookDto, UpdateWebhookDto, WebhookDto, WebhookPageDto, WebhookTestDto } from './webhooks.dto.js';
import { WebhooksService } from './webhooks.service.js';

@ApiTags('webhooks')
@Controller('webhooks')
@Authenticated()
export class WebhooksController {
  constructor(private readonly webhooks: WebhooksService) {}

  @Get()
  @ApiOperation({ summary: "The caller's webhooks, the oldest first" })
  @ApiOkResponse({ type: WebhookPageDto })
  @ApiProblems(400)
  async list(@CurrentUser() { id: owner }: Principal, @Query() query: PageQuery): Promise<Page<WebhookDto>> {
    return pageFrom(query, await this.webhooks.page(owner, query), (webhook) => WebhookDto.of(webhook));
  }

  @Get(':id')
  @ApiOperation({ summary: 'A webhook' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiProblems(400, 404)
  async get(@CurrentUser() { id: owner }: Principal, @Param() { id }: IdParam): Promise<WebhookDto> {
    return WebhookDto.of(await this.webhooks.get(owner, id));
  }

  @Post()
  @WithoutIdempotency()
  @ApiOperation({ summary: 'Add a webhook, 20 at most; the answer has its secret, this once' })
  @ApiCreatedResponse({ type: WebhookDto })
  @ApiProblems(400, 409)
  async create(@CurrentUser() { id: owner }: Principal, @Body() body: CreateWebhookDto): Promise<WebhookDto> {
    return WebhookDto.of(await this.webhooks.create(owner, body));
  }

  @Patch(':id')
  @WithoutIdempotency()
  @ApiOperation({ summary: 'Change a webhook, or have a new secret made' })
  @ApiOkResponse({ type: WebhookDto })
  @ApiProblems(400, 404)
  async update(
    @CurrentUser() { id: owner }: Principal,
    @Param() { id }: IdParam,
    @Body() body: UpdateWebhookDto,
  ): Promise<WebhookDto> {
    return WebhookDto.of(await this.webhooks.update(owner, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Take a webhook away, and with it what it is still owed' })
  @ApiNoContentResponse()
  @ApiProblems(400, 404)
  async delete(@CurrentUser() { id: owner }: Principal, @Param() { id }: IdParam): Promise<void> {
    await this.webhooks.delete(owner, id);
  }

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send an event `webhook.test` now' })
  @ApiOkResponse({ type: WebhookTestDto })
  @ApiProblems(400, 404, 429)
  async test(@CurrentUser() { id: owner }: Principal, @Param() { id }: IdParam): Promise<WebhookTestDto> {
    return WebhookTestDto.of(await this.webhooks.test(owner, id));
  }
}
