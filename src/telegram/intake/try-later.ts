const AFTER_SEC = 1;

/**
 * Thrown by a handler that has no room just now: what it has written is undone, and the update is handled again a little
 * later, as often as it takes. Later ones of its chat wait for it, those of others do not.
 */
export class TryLater extends Error {
  readonly seconds = AFTER_SEC;

  constructor(reason: string) {
    super(reason);
    this.name = 'TryLater';
  }
}
