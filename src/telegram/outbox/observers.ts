import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Database } from '../../platform/database/database.js';
import { DecoratedMethods } from '../../platform/discovery/decorated-methods.js';
import { ClaimsRepository } from './claims.repository.js';
import type { OutboxMessage } from './outbox-message.entity.js';

/** How a message ended that somebody asked to hear of. */
export interface SettledMessage {
  key: string;
  reference: string;
  state: 'sent' | 'failed' | 'unknown';
  /** Telegram's answer, when there was one. */
  result: unknown;
  errorCode: number | null;
  error: string | null;
}

type Observer = (message: SettledMessage) => Promise<void>;

const Observed = Reflector.createDecorator<string>();

/**
 * Marks the method that hears how the messages of a topic ended. It runs in a transaction together with the note that
 * it has heard: what it writes is written exactly once.
 */
export function ObservesOutbox(topic: string) {
  return <M extends Observer>(target: object, property: string, descriptor: TypedPropertyDescriptor<M>): void => {
    Observed(topic)(target, property, descriptor);
  };
}

@Injectable()
export class Observers implements OnModuleInit {
  private readonly logger = new Logger(Observers.name);
  private byTopic = new Map<string | null, Observer>();

  constructor(
    private readonly database: Database,
    private readonly claims: ClaimsRepository,
    private readonly methods: DecoratedMethods,
  ) {}

  onModuleInit(): void {
    const found = this.methods.find<string, Observer>((reflector, method) => reflector.get(Observed, method));
    this.byTopic = new Map(found.map(({ meta, run }) => [meta, run]));
  }

  /** Tells the feature that owns it of an ended message. When that fails, the message waits to be told of as missed. */
  async tell(id: number): Promise<void> {
    try {
      await this.database.transaction(async () => {
        const message = await this.claims.lockUnobserved(id);
        if (!message) return;
        await this.observer(message)(settled(message));
        await this.claims.markObserved(id);
      });
    } catch (error) {
      this.logger.error({ err: error, id }, 'The end of a message could not be told');
    }
  }

  /** Tells of each that was missed, the oldest first; one that fails holds up none of the others. */
  async tellMissed(): Promise<void> {
    for (const id of await this.claims.unobserved()) await this.tell(id);
  }

  private observer({ topic, key }: OutboxMessage): Observer {
    const found = this.byTopic.get(topic);
    if (!found) throw new Error(`Nobody observes the topic ${String(topic)} of ${key}`);
    return found;
  }
}

function settled({ key, reference, state, result, errorCode, error }: OutboxMessage): SettledMessage {
  return { key, reference: reference ?? '', state: state as SettledMessage['state'], result, errorCode, error };
}
