import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { NOTIFICATION_EVENTS } from '../notification-events.js';
import { NotificationSettingsDto, UpdateNotificationSettingsDto } from './settings.dto.js';
import { SettingsRepository } from './settings.repository.js';

@ApiTags('notifications')
@Controller('notifications/settings')
@Authenticated()
export class NotificationSettingsController {
  constructor(private readonly settings: SettingsRepository) {}

  @Get()
  @ApiOperation({ summary: 'What the caller wants to be told of' })
  @ApiOkResponse({ type: NotificationSettingsDto })
  async get(@CurrentUser() { id: owner }: Principal): Promise<NotificationSettingsDto> {
    return NotificationSettingsDto.of(await this.settings.mutedBy(owner));
  }

  @Patch()
  @ApiOperation({ summary: 'Switch events on or off; those that are not named stay' })
  @ApiOkResponse({ type: NotificationSettingsDto })
  @ApiProblems(400)
  async update(
    @CurrentUser() { id: owner }: Principal,
    @Body() { events }: UpdateNotificationSettingsDto,
  ): Promise<NotificationSettingsDto> {
    const switched = (to: boolean) => NOTIFICATION_EVENTS.filter((event) => events[event] === to);
    await this.settings.change(owner, { mute: switched(false), unmute: switched(true) });
    return NotificationSettingsDto.of(await this.settings.mutedBy(owner));
  }
}
