import type { BotCommand } from '../api';

/** Commands that a half typed one may become; none once there is more than the command in the text. */
export function matchingCommands(text: string, commands: readonly BotCommand[]): readonly BotCommand[] {
  const typed = /^\/(\w*)$/.exec(text)?.[1]?.toLowerCase();
  return typed === undefined ? [] : commands.filter(({ command }) => command.startsWith(typed));
}
