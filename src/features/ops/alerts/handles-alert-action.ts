import { SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';

const ALERT_ACTION = Symbol('alert-action');

/** What was pressed, about what, and by whom (`telegram:{id}`). */
export interface AlertPress {
  subject: string;
  actor: string;
}

export type AlertActionHandler = (press: AlertPress) => Promise<void>;

/**
 * Marks the one method that does what a button of an alert says: `(press: AlertPress) => Promise<void>`. It runs in the
 * transaction that notes the press: when it throws, nothing was pressed.
 */
export const HandlesAlertAction = (name: string) => SetMetadata(ALERT_ACTION, name);

export function alertActionOf(reflector: Reflector, method: AlertActionHandler): string | undefined {
  return reflector.get<string | undefined>(ALERT_ACTION, method);
}
