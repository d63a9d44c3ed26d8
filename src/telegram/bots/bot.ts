import type { Context } from 'telegraf';
import type { BotCommand } from './commands.js';
import type { Person } from '../ports/audience.js';

/** A bot of this service as it is configured. */
export interface BotDefinition {
  /** `downloader`, `generation` …: in rows, routes and health. */
  name: string;
  /** Absent: the bot is off, and health says so. */
  token?: string;
  apiRoot: string;
  commands: readonly BotCommand[];
}

/** What a handler is given: an update, and who sent it. */
export interface BotContext extends Context {
  state: { bot: string; person: Person };
}
