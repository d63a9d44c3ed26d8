import type { Phase } from '../downloads.frontend.js';
import type { WorkProgress } from '../requests/download-request.entity.js';

/** What people are shown while a request rests. */
export function restPhase(why: WorkProgress['restsFor'], ratio: number | null = null): Phase {
  switch (why) {
    case 'preparing':
      return { kind: 'preparing', ratio };
    case 'no_room':
      return { kind: 'no_room' };
    case 'busy':
    case undefined:
      return { kind: 'busy' };
  }
}
