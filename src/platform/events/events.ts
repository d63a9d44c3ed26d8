import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.js';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { Redis } from '../redis/redis.js';
import { heardEvent, type EventDefinition } from './event.js';

type Listener = (payload: unknown) => unknown;

/** Carries events over Redis from the process where something happened to all of them, itself included. */
@Injectable()
export class Events implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(Events.name);
  private readonly subscriber;
  private readonly listeners = new Map<string, Listener[]>();

  constructor(
    private readonly redis: Redis,
    private readonly database: Database,
    private readonly methods: DecoratedMethods,
  ) {
    this.subscriber = redis.client.duplicate({ disableOfflineQueue: false });
    this.subscriber.on('error', () => undefined); // The main client has logged it.
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { meta, run } of this.methods.find(heardEvent)) {
      this.listeners.set(meta.name, [...(this.listeners.get(meta.name) ?? []), run]);
    }
    await this.subscriber.connect();
    await this.subscriber.subscribe(this.channel, (message) => {
      void this.hear(message);
    });
  }

  onApplicationShutdown(): void {
    if (this.subscriber.isOpen) this.subscriber.destroy();
  }

  /** Tells of `event` after the ambient transaction has been committed. */
  async publish<P>(event: EventDefinition<P>, payload: P): Promise<void> {
    const message = JSON.stringify({ name: event.name, payload });
    await this.database.afterCommit(() => this.redis.client.publish(this.channel, message));
  }

  private get channel(): string {
    return this.redis.key('events');
  }

  private async hear(message: string): Promise<void> {
    const event = parse(message);
    if (!event) {
      this.logger.warn({ message }, 'Something that is no event came on the channel of events');
      return;
    }
    for (const listener of this.listeners.get(event.name) ?? []) {
      try {
        await listener(event.payload);
      } catch (error) {
        this.logger.warn({ err: error, event: event.name }, 'A listener failed');
      }
    }
  }
}

/** Null for what others may have published. */
function parse(message: string): { name: string; payload: unknown } | null {
  try {
    const value: unknown = JSON.parse(message);
    const isEvent = typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string';
    return isEvent ? (value as { name: string; payload: unknown }) : null;
  } catch {
    return null;
  }
}
