import { Injectable } from '@nestjs/common';
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
export class Observers {
  constructor(
    private readonly database: Database,
    private readonly claims: ClaimsRepository,
    private readonly methods: DecoratedMethods,
  ) {}

  /** Tells the feature that owns it of an ended message: the given one, or any that was missed. @returns whether there was one. */
  async tell(id?: number): Promise<boolean> {
    return this.database.transaction(async () => {
      const message = await this.claims.lockUnobserved(id);
      if (!message) return false;
      await this.observer(message)(settled(message));
      await this.claims.markObserved(message.id);
      return true;
    });
  }

  private observer({ topic, key }: OutboxMessage): Observer {
    const found = this.methods
      .find<string, Observer>((reflector, method) => reflector.get(Observed, method) as string | undefined)
      .find(({ meta }) => meta === topic);
    if (!found) throw new Error(`Nobody observes the topic ${String(topic)} of ${key}`);
    return found.run;
  }
}

function settled({ key, reference, state, result, errorCode, error }: OutboxMessage): SettledMessage {
  return { key, reference: reference ?? '', state: state as SettledMessage['state'], result, errorCode, error };
}
