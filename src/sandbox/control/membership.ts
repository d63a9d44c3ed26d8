import { botUser } from '../world/directory.js';
import type { BotRecord } from '../state/records.js';
import type { World } from '../world/world.js';

export interface MembershipChange {
  chatId: number;
  /** Who brought it about. */
  userId: number;
  before: 'member' | 'left' | 'kicked';
  after: 'member' | 'left' | 'kicked';
}

/** Tells the bot by `my_chat_member` that it was added, blocked or unblocked. Gives the `update_id`. */
export function tellMembership(world: World, bot: BotRecord, change: MembershipChange): number | null {
  const user = botUser(bot);
  const after = change.after === 'kicked' ? { user, status: 'kicked', until_date: 0 } : { user, status: change.after };
  return world.updates.push(bot.id, 'my_chat_member', {
    chat: world.directory.chat(change.chatId),
    from: world.directory.user(change.userId),
    date: Math.floor(world.clock.now().getTime() / 1000),
    old_chat_member: { user, status: change.before },
    new_chat_member: after,
  });
}
