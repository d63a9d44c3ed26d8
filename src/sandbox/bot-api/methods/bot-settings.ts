import { badRequest } from '../errors.js';
import type { Call, Method } from '../method.js';
import { isRecord, type Params } from '../params.js';
import type { BotCommand } from '../types.js';

const MAX_COMMANDS = 100;

export const DEFAULT_SCOPE_KEY = 'default:';

export const getMe: Method = (_world, { bot }) => ({
  id: bot.id,
  is_bot: true,
  first_name: bot.name,
  username: bot.username,
  can_join_groups: true,
  can_read_all_group_messages: true,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
});

export const setMyCommands: Method = (world, { bot, params }): true => {
  const commands = (params.list('commands') ?? []).map(readCommand);
  if (commands.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  world.state.bots.put(bot.id, { ...bot, commands: { ...bot.commands, [scopeKey(params)]: commands } });
  return true;
};

export const getMyCommands: Method = (_world, { bot, params }): BotCommand[] => bot.commands[scopeKey(params)] ?? [];

export const deleteMyCommands: Method = (world, { bot, params }: Call): true => {
  const { [scopeKey(params)]: _removed, ...commands } = bot.commands;
  world.state.bots.put(bot.id, { ...bot, commands });
  return true;
};

function scopeKey(params: Params): string {
  const { type = 'default', ...rest } = params.record('scope') ?? {};
  const details = Object.values(rest).map(String);
  return `${[String(type), ...details].join('/')}:${params.text('language_code') ?? ''}`;
}

function readCommand(value: unknown): BotCommand {
  if (!isRecord(value)) throw badRequest("can't parse BotCommand: expected an Object");
  const command = String(value.command).replace(/^\//, '').toLowerCase();
  const description = String(value.description).trim();
  if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  if (description === '' || description.length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command, description };
}
