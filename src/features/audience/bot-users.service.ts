import { Injectable } from '@nestjs/common';
import type { Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { pageFrom, type Page } from '../../platform/http-server/paging.js';
import { AuditLog } from '../ops/index.js';
import type { BotUser } from './bot-user.entity.js';
import { BotUserDto, BotUserProfileDto, type BotUsersQuery } from './bot-users.dto.js';
import { BotUsersRepository } from './bot-users.repository.js';
import { UserActivity } from './activity/user-activity.js';

/** People in the bots, as the operator sees them. */
@Injectable()
export class BotUsersService {
  constructor(
    private readonly database: Database,
    private readonly users: BotUsersRepository,
    private readonly activity: UserActivity,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  async list(query: BotUsersQuery): Promise<Page<BotUserDto>> {
    const [users, total] = await this.users.page(query);
    const summaries = await this.activity.summaries(users);
    const rows = users.map((user, index) => ({ user, summary: summaries[index] ?? null }));
    return pageFrom(query, [rows, total], ({ user, summary }) => BotUserDto.of(user, summary));
  }

  async profile(id: string): Promise<BotUserProfileDto> {
    const user = await this.get(id);
    const [[summary = null], activity] = await Promise.all([this.activity.summaries([user]), this.activity.of(user)]);
    return BotUserProfileDto.profileOf(user, summary, activity);
  }

  /** From now on nothing that he writes or presses is answered; what he has asked for before still comes. */
  async block(id: string, by: Principal): Promise<BotUserDto> {
    return this.setBanned(id, this.clock.now(), 'bot_user.blocked', by);
  }

  async unblock(id: string, by: Principal): Promise<BotUserDto> {
    return this.setBanned(id, null, 'bot_user.unblocked', by);
  }

  /** Does nothing to one who is so already. */
  private async setBanned(id: string, at: Date | null, action: string, by: Principal): Promise<BotUserDto> {
    await this.database.transaction(async () => {
      const { bannedAt } = await this.get(id);
      if (!(await this.users.setBanned(id, at))) return;
      const subject = `bot_user:${id}`;
      await this.audit.record({
        actor: `user:${by.id}`,
        action,
        subject,
        before: { bannedAt },
        after: { bannedAt: at },
      });
    });
    const user = await this.get(id);
    const [summary = null] = await this.activity.summaries([user]);
    return BotUserDto.of(user, summary);
  }

  private async get(id: string): Promise<BotUser> {
    const user = await this.users.find(id);
    if (!user) throw new DomainError('audience.user_not_found', 'not_found', 'There is no such user of a bot');
    return user;
  }
}
