import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { OneOfFilter } from '../../../platform/http-server/filters.js';
import { IdParam } from '../../../platform/http-server/id-param.js';
import { pageOf, PageQuery } from '../../../platform/http-server/paging.js';
import { NOTIFICATION_EVENTS, type NotificationEvent } from '../notification-events.js';
import { DELIVERY_STATES, type DeliveryState, type WebhookDelivery } from './webhook-delivery.entity.js';

export class DeliveryParams extends IdParam {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  deliveryId!: string;
}

export class DeliveriesQuery extends PageQuery {
  @OneOfFilter(DELIVERY_STATES)
  state?: DeliveryState;
}

export class WebhookDeliveryDto {
  @ApiProperty({ format: 'uuid', description: 'The `X-Nexus-Delivery` of each try' })
  id!: string;

  @ApiProperty({ enum: NOTIFICATION_EVENTS })
  event!: NotificationEvent;

  @ApiProperty({ enum: DELIVERY_STATES })
  state!: DeliveryState;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  nextAttemptAt!: string | null;

  @ApiProperty({ type: 'integer', nullable: true, example: 500, description: 'Of the last answer' })
  lastStatus!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'The receiver answered 500' })
  lastError!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  static of(delivery: WebhookDelivery): WebhookDeliveryDto {
    const { id, event, state, attempts, nextAttemptAt, lastStatus, lastError, createdAt, finishedAt } = delivery;
    return {
      id,
      event,
      state,
      attempts,
      nextAttemptAt: nextAttemptAt?.toISOString() ?? null,
      lastStatus,
      lastError,
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    };
  }
}

export const WebhookDeliveryPageDto = pageOf(WebhookDeliveryDto);
