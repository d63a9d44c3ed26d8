import { defineEvent } from '../../platform/events/event.js';

/** Its state, progress or step is another now. */
export const taskChanged = defineEvent<{ taskId: string }>('tasks.changed');

/** The owner of a task that is at work does not want it any more. */
export const taskCancelRequested = defineEvent<{ taskId: string }>('tasks.cancel_requested');
