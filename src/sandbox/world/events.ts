/** How many past events a reader that comes back can be told. */
const REMEMBERED = 1000;

export type EventType = 'message' | 'edited' | 'deleted' | 'action' | 'callbackAnswer' | 'call';

export interface SandboxEvent {
  id: number;
  type: EventType;
  botId: number;
  chatId: number | string | null;
  data: object;
}

export interface EventFilter {
  botId?: number;
  chatId?: number;
}

type Listener = (event: SandboxEvent) => void;

/** What happens in the chats, told to whoever watches. */
export class EventHub {
  private readonly past: SandboxEvent[] = [];
  private readonly listeners = new Set<Listener>();

  /** Ids start at `firstId`; one that grows from start to start lets a reader resume over a restart. */
  constructor(private nextId: number) {}

  emit(type: EventType, botId: number, chatId: number | string | null, data: object): void {
    const event: SandboxEvent = { id: this.nextId++, type, botId, chatId, data };
    this.past.push(event);
    if (this.past.length > REMEMBERED) this.past.shift();
    for (const listener of this.listeners) listener(event);
  }

  /** First what came after the event `afterId`, then all that follows, until the returned function is called. */
  subscribe(filter: EventFilter, afterId: number | null, listener: Listener): () => void {
    const filtered: Listener = (event) => {
      if (filter.botId !== undefined && filter.botId !== event.botId) return;
      if (filter.chatId !== undefined && filter.chatId !== event.chatId) return;
      listener(event);
    };
    if (afterId !== null) for (const event of this.past) if (event.id > afterId) filtered(event);
    this.listeners.add(filtered);
    return () => this.listeners.delete(filtered);
  }
}
