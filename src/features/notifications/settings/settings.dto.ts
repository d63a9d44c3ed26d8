import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsObject, ValidateNested } from 'class-validator';
import { NOTIFICATION_EVENTS, type NotificationEvent } from '../notification-events.js';

export class EventSwitchesDto implements Record<NotificationEvent, boolean> {
  @ApiProperty()
  @IsBoolean()
  'recording.ready'!: boolean;

  @ApiProperty()
  @IsBoolean()
  'recording.failed'!: boolean;

  @ApiProperty()
  @IsBoolean()
  'approval.requested'!: boolean;

  @ApiProperty()
  @IsBoolean()
  'credential.invalid'!: boolean;

  @ApiProperty()
  @IsBoolean()
  'automation.report'!: boolean;

  @ApiProperty()
  @IsBoolean()
  'quota.reached'!: boolean;
}

export class EventSwitchChangesDto extends PartialType(EventSwitchesDto, { skipNullProperties: false }) {}

export class NotificationSettingsDto {
  @ApiProperty({ type: EventSwitchesDto, description: 'false: the owner is not told of it at all' })
  events!: EventSwitchesDto;

  static of(muted: readonly NotificationEvent[]): NotificationSettingsDto {
    const switches = NOTIFICATION_EVENTS.map((event) => [event, !muted.includes(event)]);
    return { events: Object.fromEntries(switches) as Record<NotificationEvent, boolean> };
  }
}

export class UpdateNotificationSettingsDto {
  @ApiProperty({ type: EventSwitchChangesDto, example: { 'automation.report': false } })
  @IsObject()
  @ValidateNested()
  @Type(() => EventSwitchChangesDto)
  events!: EventSwitchChangesDto;
}
