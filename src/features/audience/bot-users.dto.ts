import { ApiProperty } from '@nestjs/swagger';
import { FlagFilter, TextFilter, TimeFilter } from '../../platform/http-server/filters.js';
import { pageOf, PageQuery, SortableBy } from '../../platform/http-server/paging.js';
import type { Language } from '../../telegram/index.js';
import type { BotUser } from './bot-user.entity.js';
import type { ActivitySummary, PersonalActivity } from './activity/user-activity.js';

const LANGUAGES: readonly Language[] = ['ru', 'en'];

export class BotUsersQuery extends PageQuery {
  @TextFilter()
  bot?: string;

  @TextFilter('Found in the name or the username, or his Telegram id')
  text?: string;

  @FlagFilter('Whether he has blocked the bot')
  blocked?: boolean;

  @FlagFilter('Whether the operator has blocked him')
  banned?: boolean;

  @TimeFilter('Seen since then')
  activeSince?: Date;

  @SortableBy('lastSeenAt', 'firstSeenAt')
  sort = '-lastSeenAt';
}

/** A person in one of the bots. */
export class BotUserDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  bot!: string;

  @ApiProperty({ type: 'integer', format: 'int64' })
  tgUserId!: number;

  @ApiProperty({ type: String, nullable: true, description: 'Without @' })
  username!: string | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: LANGUAGES })
  language!: Language;

  @ApiProperty({ format: 'date-time' })
  firstSeenAt!: string;

  @ApiProperty({ format: 'date-time' })
  lastSeenAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since when he blocks the bot' })
  blockedBotAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since when the operator blocks him' })
  bannedAt!: string | null;

  @ApiProperty({ type: 'integer', description: 'All that he has ever asked for' })
  requests!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  lastRequestAt!: string | null;

  static of(user: BotUser, summary: ActivitySummary | null): BotUserDto {
    const { id, bot, tgUserId, username, name, language, firstSeenAt, lastSeenAt, blockedBotAt, bannedAt } = user;
    return {
      ...{ id, bot, tgUserId, username, name, language },
      firstSeenAt: firstSeenAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      blockedBotAt: blockedBotAt?.toISOString() ?? null,
      bannedAt: bannedAt?.toISOString() ?? null,
      requests: summary?.requests ?? 0,
      lastRequestAt: summary?.lastRequestAt.toISOString() ?? null,
    };
  }
}

export const BotUserPageDto = pageOf(BotUserDto);

class DayOfActivityDto {
  @ApiProperty({ format: 'date', description: 'A day of the operator' })
  day!: string;

  @ApiProperty({ type: 'integer' })
  requests!: number;

  @ApiProperty({ type: 'integer' })
  delivered!: number;
}

class PlatformOfPersonDto {
  @ApiProperty()
  platform!: string;

  @ApiProperty({ type: 'integer' })
  requests!: number;
}

class RequestOfPersonDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, description: 'What the bot shows of it; videos have none' })
  errorRef!: string | null;

  @ApiProperty({ type: String, nullable: true })
  link!: string | null;

  @ApiProperty({ description: 'The site of a link, or the model of a video' })
  platform!: string;

  @ApiProperty({ type: String, nullable: true })
  title!: string | null;

  @ApiProperty()
  state!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class BotUserProfileDto extends BotUserDto {
  @ApiProperty({ type: [DayOfActivityDto], description: 'The last thirty days, also those without any' })
  byDay!: DayOfActivityDto[];

  @ApiProperty({ type: [PlatformOfPersonDto], description: 'Of all time, the most asked for first' })
  byPlatform!: PlatformOfPersonDto[];

  @ApiProperty({ type: [RequestOfPersonDto], description: 'The newest first' })
  lastRequests!: RequestOfPersonDto[];

  static profileOf(
    user: BotUser,
    summary: ActivitySummary | null,
    { byDay, byPlatform, lastRequests }: PersonalActivity,
  ): BotUserProfileDto {
    return Object.assign(BotUserDto.of(user, summary), {
      byDay,
      byPlatform,
      lastRequests: lastRequests.map(({ createdAt, ...request }) => ({
        ...request,
        createdAt: createdAt.toISOString(),
      })),
    });
  }
}
