import type { Chat, User } from '../bot-api/types.js';
import type { BotRecord, GroupRecord, UserRecord } from '../state/records.js';
import type { SandboxState } from '../state/state.js';

const TOKEN = /^([1-9]\d{0,15}):.+$/;

export const botIdOf = (token: string): number | null => {
  const id = TOKEN.exec(token)?.[1];
  return id === undefined ? null : Number(id);
};

export const isGroupId = (chatId: number): boolean => chatId < 0;

/** Who there is: bots, people, groups, and which of them have met. */
export class Directory {
  constructor(private readonly state: SandboxState) {}

  /** Creates the bot or gives it a new token and names. Throws on a token that no bot can have. */
  registerBot(token: string, username: string, name: string): BotRecord {
    const id = botIdOf(token);
    if (id === null) throw new Error('A bot token looks like 123456:secret');
    const fresh = { id, commands: {}, allowedUpdates: null, webhook: null };
    return this.state.bots.put(id, { ...(this.state.bots.get(id) ?? fresh), token, username, name });
  }

  /** The bot that calls with this token; one that nobody has announced comes into being. Null for a malformed token. */
  botByToken(token: string): BotRecord | null {
    const id = botIdOf(token);
    if (id === null) return null;
    return this.state.bots.get(id) ?? this.registerBot(token, `sandbox_${id}_bot`, `Bot ${id}`);
  }

  addUser(firstName: string, languageCode: string, username: string | null): UserRecord {
    const known = this.state.users.all().map(({ id }) => id);
    const id = this.state.nextNumber('users', Math.max(...known) + 1);
    return this.state.users.put(id, { id, firstName, username, languageCode });
  }

  addGroup(title: string, userIds: number[], botIds: number[]): GroupRecord {
    const id = -(1_000_000_000_000 + this.state.nextNumber('groups', 1001));
    return this.state.groups.put(id, { id, title, userIds, botIds });
  }

  /** Remembers people and chats that an update put in by hand brings along. */
  meet(botId: number, from: User | undefined, chat: Chat | undefined): void {
    if (from && !from.is_bot && !this.state.users.get(from.id)) {
      const { id, first_name: firstName, username = null, language_code: languageCode = 'en' } = from;
      this.state.users.put(id, { id, firstName, username, languageCode });
    }
    if (!chat) return;
    if (!isGroupId(chat.id)) this.startDialog(botId, chat.id);
    else if (!this.state.groups.get(chat.id)) {
      const userIds = from && !from.is_bot ? [from.id] : [];
      this.state.groups.put(chat.id, { id: chat.id, title: chat.title ?? '', userIds, botIds: [botId] });
    }
  }

  startDialog(botId: number, userId: number): void {
    if (!this.isStarted(botId, userId)) this.setBlocked(botId, userId, false);
  }

  isStarted(botId: number, userId: number): boolean {
    return this.state.dialogs.get(dialogKey(botId, userId)) !== undefined;
  }

  isBlocked(botId: number, userId: number): boolean {
    return this.state.dialogs.get(dialogKey(botId, userId))?.blocked ?? false;
  }

  setBlocked(botId: number, userId: number, blocked: boolean): void {
    this.state.dialogs.put(dialogKey(botId, userId), { botId, userId, blocked });
  }

  /** Bots to which the messages of a chat go. */
  botsOf(botId: number, chatId: number): number[] {
    return isGroupId(chatId) ? (this.state.groups.get(chatId)?.botIds ?? []) : [botId];
  }

  /** Undefined for a chat that is not there, met or not. */
  chat(chatId: number): Chat | undefined {
    const group = this.state.groups.get(chatId);
    if (group) return { id: chatId, type: 'supergroup', title: group.title };
    const user = this.state.users.get(chatId);
    if (!user) return undefined;
    return { id: chatId, type: 'private', first_name: user.firstName, ...usernameOf(user) };
  }

  user(userId: number): User | undefined {
    const user = this.state.users.get(userId);
    if (!user) return undefined;
    const { id, firstName, languageCode } = user;
    return { id, is_bot: false, first_name: firstName, ...usernameOf(user), language_code: languageCode };
  }
}

export const botUser = ({ id, name, username }: BotRecord): User => ({ id, is_bot: true, first_name: name, username });

const dialogKey = (botId: number, userId: number): string => `${botId}:${userId}`;

const usernameOf = ({ username }: UserRecord): { username?: string } => (username === null ? {} : { username });
