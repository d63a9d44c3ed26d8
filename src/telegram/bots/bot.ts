import type { Context } from 'telegraf';
import type { Language, Person } from '../ports/audience.js';

/** What a bot offers in its menu, described in each language. */
export interface BotCommand {
  command: string;
  description: Record<Language, string>;
}

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
