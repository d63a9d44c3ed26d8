import { ApiProperty } from '@nestjs/swagger';
import { OneOfFilter, TextFilter } from '../../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../../platform/http-server/paging.js';
import type { Alert } from './alert.entity.js';

const STATES = ['open', 'resolved'] as const;
const SEVERITIES = ['critical', 'warning'] as const;

export class AlertsQuery extends PageQuery {
  @OneOfFilter(STATES)
  state?: (typeof STATES)[number];

  @TextFilter()
  name?: string;

  @TextFilter()
  subject?: string;
}

export class AlertTextDto {
  @ApiProperty()
  en!: string;

  @ApiProperty()
  ru!: string;
}

export class AlertDto {
  @ApiProperty({ type: 'integer' })
  id!: number;

  @ApiProperty({ example: 'provider_down' })
  name!: string;

  @ApiProperty({ enum: SEVERITIES })
  severity!: Alert['severity'];

  @ApiProperty({ example: 'yt-dlp', description: 'What it is about' })
  subject!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    description: 'What fills the words',
  })
  params!: Record<string, string | number>;

  @ApiProperty({ enum: STATES })
  state!: (typeof STATES)[number];

  @ApiProperty({ type: 'integer', description: 'How often its cause was seen' })
  count!: number;

  @ApiProperty({ format: 'date-time' })
  raisedAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastSeenAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the admin chats heard of it' })
  lastToldAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  resolvedAt!: string | null;

  @ApiProperty({ type: AlertTextDto })
  text!: AlertTextDto;

  static of(alert: Alert, text: AlertTextDto): AlertDto {
    const { id, name, severity, subject, params, count, raisedAt, lastSeenAt, lastToldAt, resolvedAt } = alert;
    return {
      id,
      name,
      severity,
      subject,
      params,
      state: resolvedAt ? 'resolved' : 'open',
      count,
      raisedAt: raisedAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      lastToldAt: lastToldAt?.toISOString() ?? null,
      resolvedAt: resolvedAt?.toISOString() ?? null,
      text,
    };
  }
}

export const AlertPageDto = pageOf(AlertDto);
