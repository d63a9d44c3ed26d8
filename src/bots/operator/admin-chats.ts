import { Inject, Injectable } from '@nestjs/common';
import { opsConfig, type OpsConfig } from '../../features/ops/index.js';
import { BotRegistry } from '../../telegram/index.js';

/** Where the operator is spoken to, and by which bot. */
@Injectable()
export class AdminChats {
  constructor(
    @Inject(opsConfig.key) private readonly config: OpsConfig,
    private readonly bots: BotRegistry,
  ) {}

  get ids(): readonly number[] {
    return this.config.adminChatIds;
  }

  has(chatId: number | undefined): boolean {
    return chatId !== undefined && this.ids.includes(chatId);
  }

  /** `ADMIN_BOT`, or the first bot; undefined while that has no token. */
  get bot(): string | undefined {
    const { adminBot } = this.config;
    const configured = this.bots.configured().map(({ name }) => name);
    return adminBot === undefined ? configured[0] : configured.find((name) => name === adminBot);
  }
}
