import { defineEvent } from '../../platform/events/event.js';

/** Somebody has pressed Cancel on a request that a worker holds. */
export const downloadCancelRequested = defineEvent<{ requestId: string }>('downloads.cancel_requested');
