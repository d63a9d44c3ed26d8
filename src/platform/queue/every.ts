import { Reflector } from '@nestjs/core';

export interface Schedule {
  /** Unique, `feature.what`. */
  name: string;
  everyMs: number;
}

const Scheduled = Reflector.createDecorator<Schedule>();

/** Marks a method that one of all workers runs once in each interval: reconcilers, sweeps, clean-ups. */
export function Every(schedule: Schedule) {
  return <M extends () => Promise<unknown>>(
    target: object,
    property: string,
    descriptor: TypedPropertyDescriptor<M>,
  ): void => {
    Scheduled(schedule)(target, property, descriptor);
  };
}

export function scheduleOf(reflector: Reflector, method: () => Promise<unknown>): Schedule | undefined {
  return reflector.get(Scheduled, method);
}
