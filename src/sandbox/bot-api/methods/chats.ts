import type { World } from '../../world/world.js';
import { botUser, isGroupId } from '../../world/directory.js';
import { chatOfCall } from '../chat-access.js';
import { badRequest } from '../errors.js';
import type { Call, Method } from '../method.js';
import type { Chat } from '../types.js';

export const getChat: Method = (world, call) => ({
  ...chatOfCall(world, call).chat,
  accent_color_id: 0,
  max_reaction_count: 11,
  accepted_gift_types: {},
});

export const getChatMember: Method = (world, call) => {
  const { chat } = chatOfCall(world, call);
  const userId = call.params.integer('user_id') ?? 0;
  const bot = world.state.bots.get(userId);
  const user = bot ? botUser(bot) : world.directory.user(userId);
  if (!user) throw badRequest('user not found');
  return { status: membersOf(world, call, chat).includes(userId) ? 'member' : 'left', user };
};

function membersOf(world: World, { bot }: Call, chat: Chat): number[] {
  if (!isGroupId(chat.id)) return [chat.id, bot.id];
  const group = world.state.groups.get(chat.id);
  return group ? [...group.userIds, ...group.botIds] : [];
}
