import { ApiProperty } from '@nestjs/swagger';
import type { LinkInvitation, LinkState } from './telegram-links.js';

export class TelegramInvitationDto {
  @ApiProperty({
    example: 'https://t.me/nexus_downloader_bot?start=link_cQ0XkFh1mS7c0wYb3nYJ4A',
    description: 'Opened in Telegram, it links that chat with the account, once',
  })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  static of({ url, expiresAt }: LinkInvitation): TelegramInvitationDto {
    return { url, expiresAt: expiresAt.toISOString() };
  }
}

export class TelegramLinkDto {
  @ApiProperty()
  linked!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'nexus_downloader_bot',
    description: 'Username of the bot; null while there is none, or Telegram is out of reach',
  })
  bot!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  linkedAt!: string | null;

  static of({ linked, bot, linkedAt }: LinkState): TelegramLinkDto {
    return { linked, bot, linkedAt: linkedAt?.toISOString() ?? null };
  }
}
