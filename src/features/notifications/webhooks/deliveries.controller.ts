import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { IdParam } from '../../../platform/http-server/id-param.js';
import { pageFrom, type Page } from '../../../platform/http-server/paging.js';
import { DeliveriesQuery, DeliveryParams, WebhookDeliveryDto, WebhookDeliveryPageDto } from './deliveries.dto.js';
import { DeliveriesService } from './deliveries.service.js';

@ApiTags('webhooks')
@Controller('webhooks/:id/deliveries')
@Authenticated()
export class WebhookDeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get()
  @ApiOperation({ summary: 'What a webhook was sent in the last 30 days, the newest first' })
  @ApiOkResponse({ type: WebhookDeliveryPageDto })
  @ApiProblems(400, 404)
  async list(
    @CurrentUser() { id: owner }: Principal,
    @Param() { id }: IdParam,
    @Query() query: DeliveriesQuery,
  ): Promise<Page<WebhookDeliveryDto>> {
    const found = await this.deliveries.page(owner, id, query);
    return pageFrom(query, found, (delivery) => WebhookDeliveryDto.of(delivery));
  }

  @Post(':deliveryId/retry')
  @HttpCode(200)
  @ApiOperation({ summary: 'Send one that has ended once more, as it was' })
  @ApiOkResponse({ type: WebhookDeliveryDto })
  @ApiProblems(400, 404, 409)
  async retry(
    @CurrentUser() { id: owner }: Principal,
    @Param() { id, deliveryId }: DeliveryParams,
  ): Promise<WebhookDeliveryDto> {
    return WebhookDeliveryDto.of(await this.deliveries.retry(owner, id, deliveryId));
  }
}
