import { defineEvent } from '../../platform/events/event.js';

/** Something new waits in the outbox. */
export const outboxWritten = defineEvent<null>('telegram.outbox_written');
