import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsUrl,
  Matches,
  MaxLength,
} from 'class-validator';
import { MayBeLeftOut } from '../../../platform/http-server/may-be-left-out.js';
import { pageOf } from '../../../platform/http-server/paging.js';
import { NOTIFICATION_EVENTS, type NotificationEvent } from '../notification-events.js';
import type { ShownWebhook } from './shown-webhook.js';
import type { WebhookAnswer } from './webhook-call.js';

const LONGEST_URL = 2_000;
const ADDRESS = {
  protocols: ['http', 'https'],
  require_protocol: true,
  require_tld: false,
  disallow_auth: true,
  allow_fragments: false,
};

const IsAddress = () =>
  applyDecorators(
    ApiProperty({ maxLength: LONGEST_URL, example: 'https://example.com/hooks/nexus' }),
    MaxLength(LONGEST_URL),
    // Parsers of URLs drop some of these, so what is checked would not be what is called.
    Matches(/^[^\0-\x20]*$/, { message: 'must have no spaces or control characters' }),
    IsUrl(ADDRESS, { message: 'must be an http or https URL without credentials' }),
  );

const AreEvents = () =>
  applyDecorators(
    ApiProperty({ enum: NOTIFICATION_EVENTS, isArray: true, example: ['recording.ready', 'recording.failed'] }),
    IsArray(),
    ArrayNotEmpty(),
    ArrayMaxSize(NOTIFICATION_EVENTS.length),
    ArrayUnique(),
    IsIn(NOTIFICATION_EVENTS, { each: true }),
  );

export class CreateWebhookDto {
  @IsAddress()
  url!: string;

  @AreEvents()
  events!: NotificationEvent[];

  @ApiPropertyOptional({
    writeOnly: true,
    pattern: '^[\\x21-\\x7e]{16,200}$',
    example: 'choose-something-long-and-random',
    description: 'Signs what is sent; made when it is missing',
  })
  @MayBeLeftOut()
  @Matches(/^[\x21-\x7e]{16,200}$/, { message: 'must have 16 to 200 ASCII characters without spaces' })
  secret?: string;
}

class WebhookChangesDto {
  @IsAddress()
  url!: string;

  @AreEvents()
  events!: NotificationEvent[];

  @ApiProperty()
  @IsBoolean()
  isActive!: boolean;

  @ApiProperty({
    writeOnly: true,
    example: false,
    description: 'true: a new secret is made and answered, the old one signs no more',
  })
  @IsBoolean()
  rotateSecret!: boolean;
}

export class UpdateWebhookDto extends PartialType(WebhookChangesDto, { skipNullProperties: false }) {}

export class WebhookDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'https://example.com/hooks/nexus' })
  url!: string;

  @ApiProperty({ enum: NOTIFICATION_EVENTS, isArray: true })
  events!: NotificationEvent[];

  @ApiProperty({ example: '••••ndom' })
  secretMasked!: string;

  @ApiPropertyOptional({
    example: 'choose-something-long-and-random',
    description: 'In the answer that decides it, and never again',
  })
  secret?: string;

  @ApiProperty({ description: 'Switched off by itself when the receiver answers 410' })
  isActive!: boolean;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it was switched off by itself' })
  disabledReason!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;

  static of(webhook: ShownWebhook): WebhookDto {
    const { id, url, events, secretMasked, secret, isActive, disabledReason, createdAt, updatedAt } = webhook;
    return {
      id,
      url,
      events,
      secretMasked,
      secret,
      isActive,
      disabledReason,
      createdAt: createdAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
    };
  }
}

export const WebhookPageDto = pageOf(WebhookDto);

export class WebhookTestDto {
  @ApiProperty({ description: 'Whether the receiver took it with a 2xx' })
  ok!: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    example: 204,
    description: 'Of its answer; null when there was none',
  })
  status!: number | null;

  @ApiProperty({ type: 'integer', example: 120 })
  ms!: number;

  @ApiPropertyOptional({ example: 'No answer within 10 s' })
  error?: string;

  static of({ outcome, status, ms, error }: WebhookAnswer): WebhookTestDto {
    return { ok: outcome === 'delivered', status, ms, error: error ?? undefined };
  }
}
