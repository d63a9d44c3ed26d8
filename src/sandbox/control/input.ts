import type { Request } from 'express';
import { isRecord, Params } from '../bot-api/params.js';
import type { Chat } from '../bot-api/types.js';
import type { BotRecord, UserRecord } from '../state/records.js';
import type { Place } from '../world/conversations.js';
import { isGroupId } from '../world/directory.js';
import type { World } from '../world/world.js';
import { invalid, notFound } from './errors.js';

/** The JSON body; what it lacks shows as missing parameters. */
export function bodyOf(request: Request): Params {
  const body: unknown = request.body;
  return new Params(isRecord(body) ? body : {});
}

export const queryOf = (request: Request): Params => new Params({ ...request.query });

export function requiredText(params: Params, name: string): string {
  const value = params.text(name);
  if (value === undefined) throw invalid(`${name} is missing`);
  return value;
}

export function requiredInteger(params: Params, name: string): number {
  const value = params.integer(name);
  if (value === undefined) throw invalid(`${name} must be an integer`);
  return value;
}

export function integers(params: Params, name: string): number[] {
  const list = params.list(name);
  if (!list?.every((item) => Number.isInteger(item))) throw invalid(`${name} must be an array of integers`);
  return list as number[];
}

export function botOf(world: World, botId: string | number): BotRecord {
  const bot = world.state.bots.get(botId);
  if (!bot) throw notFound('bot');
  return bot;
}

function userOf(world: World, params: Params): UserRecord {
  const user = world.state.users.get(requiredInteger(params, 'userId'));
  if (!user) throw notFound('user');
  return user;
}

/** The chat of `/chats/:botId/:chatId/…`. A private one need not have begun. */
export function placeOf(world: World, { botId, chatId }: { botId: string; chatId: string }): Place {
  const bot = botOf(world, botId);
  const chat: Chat | undefined = world.directory.chat(Number(chatId));
  if (!chat || !world.directory.botsOf(bot.id, chat.id).includes(bot.id)) throw notFound('chat');
  return { botId: bot.id, chat };
}

/** The person who acts in a chat: its owner in a private one, a member in a group. */
export function actorOf(world: World, { chat }: Place, params: Params): UserRecord {
  const user = userOf(world, params);
  const isIn = isGroupId(chat.id) ? world.state.groups.get(chat.id)?.userIds.includes(user.id) : chat.id === user.id;
  if (!isIn) throw invalid('the user is not in this chat');
  return user;
}
