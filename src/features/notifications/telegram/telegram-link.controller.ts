import { Controller, Delete, Get, HttpCode, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../../platform/auth/access.js';
import { CurrentUser } from '../../../platform/auth/current-user.decorator.js';
import type { Principal } from '../../../platform/auth/principal.js';
import { ApiProblems } from '../../../platform/errors/api-problems.js';
import { WithoutIdempotency } from '../../../platform/idempotency/without-idempotency.decorator.js';
import { TelegramInvitationDto, TelegramLinkDto } from './telegram-link.dto.js';
import { TelegramLinks } from './telegram-links.js';

@ApiTags('notifications')
@Controller('notifications/telegram')
@Authenticated()
export class TelegramLinkController {
  constructor(private readonly links: TelegramLinks) {}

  @Post()
  @WithoutIdempotency()
  @ApiOperation({ summary: 'An address that links a chat of Telegram; good for 10 minutes' })
  @ApiCreatedResponse({ type: TelegramInvitationDto })
  @ApiProblems(409, 502)
  async invite(@CurrentUser() { id: owner }: Principal): Promise<TelegramInvitationDto> {
    return TelegramInvitationDto.of(await this.links.invite(owner));
  }

  @Get()
  @ApiOperation({ summary: 'Whether the caller is told in Telegram' })
  @ApiOkResponse({ type: TelegramLinkDto })
  async get(@CurrentUser() { id: owner }: Principal): Promise<TelegramLinkDto> {
    return TelegramLinkDto.of(await this.links.stateOf(owner));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Tell nothing in Telegram any more; the chat hears of that' })
  @ApiNoContentResponse()
  async unlink(@CurrentUser() { id: owner }: Principal): Promise<void> {
    await this.links.unlink(owner);
  }
}
