import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { getBotToken } from 'nestjs-telegraf';
import type { Telegraf } from 'telegraf';
import type { BotContext, BotDefinition } from './bot.js';

export const BOTS = Symbol('bots');

export interface Bot extends BotDefinition {
  telegraf: Telegraf<BotContext>;
}

/** The bots of this service. */
@Injectable()
export class BotRegistry implements OnModuleInit {
  private readonly bots = new Map<string, Bot>();

  constructor(
    @Inject(BOTS) private readonly definitions: readonly BotDefinition[],
    private readonly modules: ModuleRef,
  ) {}

  onModuleInit(): void {
    for (const definition of this.definitions) {
      const telegraf = this.modules.get<Telegraf<BotContext>>(getBotToken(definition.name), { strict: false });
      dontMindStop(telegraf);
      // nestjs-telegraf only logs what a handler throws; the gate must know.
      telegraf.catch((error) => {
        throw error;
      });
      this.bots.set(definition.name, { ...definition, telegraf });
    }
  }

  get(name: string): Bot {
    const bot = this.bots.get(name);
    if (!bot) throw new Error(`There is no bot called ${name}`);
    return bot;
  }

  has(name: string): boolean {
    return this.bots.has(name);
  }

  /** Those that have a token. */
  configured(): Bot[] {
    return [...this.bots.values()].filter(({ token }) => token !== undefined);
  }

  /**
   * Those that know their own name, too. telegraf would ask Telegram for it while it handles an update, which happens in a
   * transaction: updates wait until it is known.
   */
  introduced(): Bot[] {
    return this.configured().filter(({ telegraf }) => telegraf.botInfo !== undefined);
  }

  all(): Bot[] {
    return [...this.bots.values()];
  }
}

/** nestjs-telegraf stops every bot at shutdown, which telegraf refuses for one that it has not launched itself. */
function dontMindStop(telegraf: Telegraf<BotContext>): void {
  const stop = telegraf.stop.bind(telegraf);
  telegraf.stop = (reason) => {
    try {
      stop(reason);
    } catch (error) {
      if (!(error instanceof Error) || error.message !== 'Bot is not running!') throw error;
    }
  };
}
