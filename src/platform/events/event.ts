import { Reflector } from '@nestjs/core';

/**
 * Something that has happened, told to every process after the commit. A hint to hurry, never a promise: what must not
 * be missed is a row that somebody also looks for.
 */
export interface EventDefinition<P = unknown> {
  name: string;
  /** Carries the type only. */
  payload?: P;
}

export function defineEvent<P>(name: string): EventDefinition<P> {
  return { name };
}

const Heard = Reflector.createDecorator<EventDefinition>();

/** Marks a method that hears of an event, in each process. It must be quick. */
export function OnEvent<P>(event: EventDefinition<P>) {
  return <M extends (payload: P) => void | Promise<void>>(
    target: object,
    property: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Heard(event as EventDefinition)(target, property, descriptor);
  };
}

export function heardEvent(reflector: Reflector, method: (payload: unknown) => unknown): EventDefinition | undefined {
  return reflector.get(Heard, method);
}
