import { ApiProperty } from '@nestjs/swagger';
import { FlagFilter } from '../../../platform/http-server/filters.js';
import { pageOf, PageQuery } from '../../../platform/http-server/paging.js';
import { NOTIFICATION_EVENTS, type NotificationEvent, type NotificationParams } from '../notification-events.js';
import { notificationText } from '../notification-words.js';
import type { Notification } from '../notification.entity.js';

export class NotificationsQuery extends PageQuery {
  @FlagFilter('Only what was not read, or only what was')
  unread?: boolean;
}

export class NotificationTextDto {
  @ApiProperty({ example: '✅ «Lecture 4» is ready. Open it in the panel to watch or share it.' })
  en!: string;

  @ApiProperty({ example: '✅ Запись «Lecture 4» готова. Откройте её в панели, чтобы посмотреть или поделиться.' })
  ru!: string;
}

export class NotificationDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: NOTIFICATION_EVENTS })
  event!: NotificationEvent;

  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }] },
    description: 'What it is about: ids, and what fills the words',
    example: { name: 'Lecture 4' },
  })
  params!: NotificationParams;

  @ApiProperty({ type: NotificationTextDto })
  text!: NotificationTextDto;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  static of({ id, event, params, readAt, createdAt }: Notification): NotificationDto {
    return {
      id,
      event,
      params,
      text: notificationText(event, params),
      readAt: readAt?.toISOString() ?? null,
      createdAt: createdAt.toISOString(),
    };
  }
}

export const NotificationPageDto = pageOf(NotificationDto);

export class UnreadCountDto {
  @ApiProperty({ type: 'integer', example: 3 })
  count!: number;
}

export class ReadCountDto {
  @ApiProperty({ type: 'integer', example: 3, description: 'How many were unread' })
  updated!: number;
}
