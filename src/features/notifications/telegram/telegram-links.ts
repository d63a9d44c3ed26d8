import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { linkingUnavailable, noLinkingBot } from '../notifications.errors.js';
import { NotificationsFrontend, type LinkedChat } from '../notifications.frontend.js';
import { LINK_CODE_TTL_MS, LinkCodes } from './link-codes.js';
import { TelegramLinksRepository } from './telegram-links.repository.js';

/** An address that links the chat in which it is opened, once. */
export interface LinkInvitation {
  url: string;
  expiresAt: Date;
}

export interface LinkState {
  linked: boolean;
  /** What Telegram calls the bot: of the link, or that a link would be made with. */
  bot: string | null;
  linkedAt: Date | null;
}

/** Which chat an owner is told in: one at a time. */
@Injectable()
export class TelegramLinks {
  constructor(
    private readonly database: Database,
    private readonly links: TelegramLinksRepository,
    private readonly codes: LinkCodes,
    private readonly frontend: NotificationsFrontend,
    private readonly clock: Clock,
  ) {}

  async invite(owner: string): Promise<LinkInvitation> {
    const bot = this.frontend.linkingBot;
    if (bot === undefined) throw noLinkingBot();
    const username = await this.frontend.usernameOf(bot);
    if (username === undefined) throw linkingUnavailable();
    const expiresAt = new Date(this.clock.now().getTime() + LINK_CODE_TTL_MS);
    const code = await this.codes.issue(owner);
    return { url: `https://t.me/${username}?start=link_${code}`, expiresAt };
  }

  /**
   * Links a private chat with whoever made the code; the chat that he had before is told.
   * @param by names the attempt: repeated, it succeeds again
   * @returns false when the code was used, has expired or never was
   */
  async redeem(code: string, by: string, chat: LinkedChat): Promise<boolean> {
    const owner = await this.codes.redeem(code, by);
    if (owner === null) return false;
    await this.database.transaction(async () => {
      const before = await this.links.take(owner);
      await this.links.insert(owner, { ...chat, linkedAt: this.clock.now() });
      if (before && !isSame(before, chat)) await this.frontend.unlinked(before);
    });
    return true;
  }

  /** Nobody links anything with this code any more: others have seen it. */
  async spoil(code: string, by: string): Promise<void> {
    await this.codes.redeem(code, by);
  }

  async stateOf(owner: string): Promise<LinkState> {
    const link = await this.links.find(owner);
    const bot = link?.bot ?? this.frontend.linkingBot;
    const username = bot === undefined ? undefined : await this.frontend.usernameOf(bot);
    return { linked: link !== null, bot: username ?? null, linkedAt: link?.linkedAt ?? null };
  }

  /** Its chat is told. */
  async unlink(owner: string): Promise<void> {
    await this.database.transaction(async () => {
      const link = await this.links.take(owner);
      if (link) await this.frontend.unlinked(link);
    });
  }

  /** A person of Telegram wants to hear of nothing any more. @returns whether he was linked */
  async unlinkPerson(tgUserId: number): Promise<boolean> {
    return (await this.links.deleteOfPerson(tgUserId)) > 0;
  }
}

function isSame(one: LinkedChat, other: LinkedChat): boolean {
  return one.bot === other.bot && one.chatId === other.chatId;
}
