import { defineEvent } from '../../platform/events/event.js';

/** An account and all its rows are gone: what still works for it may stop. */
export const accountRemoved = defineEvent<{ userId: string }>('accounts.removed');
