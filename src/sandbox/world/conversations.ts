import type { Clock } from '../../platform/clock/clock.js';
import type { Chat, Message, MessageContent, User } from '../bot-api/types.js';
import type { MessageRecord } from '../state/records.js';
import type { SandboxState } from '../state/state.js';
import { type Directory, isGroupId } from './directory.js';
import type { EventHub, EventType } from './events.js';
import type { FileStore } from './file-store.js';

/** A chat seen from one bot. In a group all bots share the messages, private chats belong to one bot each. */
export interface Place {
  botId: number;
  chat: Chat;
}

export type NewMessage = MessageContent & Omit<Message, 'message_id' | 'date' | 'chat' | 'from'> & { from: User };

/** As people see it: a reply keyboard, which bots never get back, takes the place of `reply_markup`. */
export type MessageView = Omit<Message, 'reply_markup'> & { reply_markup?: unknown; deleted: boolean };

/** The messages of all chats; every change is told to whoever watches. */
export class Conversations {
  private readonly byConversation = new Map<string, Map<number, MessageRecord>>();

  constructor(
    private readonly state: SandboxState,
    private readonly directory: Directory,
    private readonly files: FileStore,
    private readonly events: EventHub,
    private readonly clock: Clock,
  ) {
    for (const record of state.messages.all()) {
      this.conversation(record.conversation).set(record.message.message_id, record);
    }
  }

  add(place: Place, { from, ...content }: NewMessage, keyboard: unknown = null): Message {
    const message_id = this.state.nextNumber(messageSeries(place));
    const message: Message = { message_id, from, chat: place.chat, date: this.nowSec(), ...content };
    this.keep({ conversation: conversationKey(place), message, keyboard, deleted: false });
    this.tell('message', place, message, keyboard);
    return message;
  }

  /** Keeps a message that came from outside with its id, so that bots can answer it, forward it and delete it. */
  addAsIs(place: Place, message: Message): void {
    this.state.passNumber(messageSeries(place), message.message_id);
    this.keep({ conversation: conversationKey(place), message, keyboard: null, deleted: false });
    this.tell('message', place, message, null);
  }

  /** Undefined for a message that was never there or is deleted. */
  get(place: Place, messageId: number): Message | undefined {
    const record = this.conversation(conversationKey(place)).get(messageId);
    return record && !record.deleted ? record.message : undefined;
  }

  replace(place: Place, message: Message): Message {
    const edited = { ...message, edit_date: this.nowSec() };
    const conversation = conversationKey(place);
    const keyboard = this.conversation(conversation).get(message.message_id)?.keyboard ?? null;
    this.keep({ conversation, message: edited, keyboard, deleted: false });
    this.tell('edited', place, edited, keyboard);
    return edited;
  }

  remove(place: Place, messageId: number): void {
    const record = this.conversation(conversationKey(place)).get(messageId);
    if (!record || record.deleted) return;
    this.keep({ ...record, deleted: true });
    this.emit('deleted', place, () => ({ messageId }));
  }

  /** The last ones, oldest first. */
  list(place: Place, limit: number): MessageView[] {
    const records = [...this.conversation(conversationKey(place)).values()];
    return records
      .sort((a, b) => a.message.message_id - b.message.message_id)
      .slice(-limit)
      .map(({ message, keyboard, deleted }) => this.view(place.botId, message, keyboard, deleted));
  }

  /** For what happens in a chat beside messages. */
  emit(type: EventType, { botId, chat }: Place, data: (botId: number) => object): void {
    for (const id of this.directory.botsOf(botId, chat.id)) this.events.emit(type, id, chat.id, data(id));
  }

  /** Forgets all messages; ids go on. */
  clear(): void {
    this.state.messages.clear();
    this.byConversation.clear();
  }

  private tell(type: 'message' | 'edited', place: Place, message: Message, keyboard: unknown): void {
    this.emit(type, place, (botId) => ({ message: this.view(botId, message, keyboard, false) }));
  }

  private view(botId: number, message: Message, keyboard: unknown, deleted: boolean): MessageView {
    const markup = message.reply_markup ?? keyboard ?? undefined;
    return { ...this.files.shownTo(botId, message), reply_markup: markup, deleted };
  }

  private keep(record: MessageRecord): void {
    const { conversation, message } = record;
    this.conversation(conversation).set(message.message_id, record);
    this.state.messages.put(`${conversation}:${message.message_id}`, record);
  }

  private conversation(key: string): Map<number, MessageRecord> {
    let messages = this.byConversation.get(key);
    if (!messages) this.byConversation.set(key, (messages = new Map<number, MessageRecord>()));
    return messages;
  }

  private nowSec(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

const conversationKey = ({ botId, chat }: Place): string => (isGroupId(chat.id) ? `${chat.id}` : `${botId}:${chat.id}`);

/** As in Telegram: a group counts its own messages, a bot counts those of all its private chats together. */
const messageSeries = ({ botId, chat }: Place): string => `message:${isGroupId(chat.id) ? chat.id : botId}`;
