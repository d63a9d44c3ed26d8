import { defineEvent } from '../../../platform/events/event.js';

/** The operator has changed providers, rules, ways out or slots: every process looks at them anew. */
export const routingChanged = defineEvent<null>('downloads.routing_changed');
