import type { Platform } from '../links/media-link.js';
import type { Family } from './gate/gate-question.js';

/** What cools down together: Shorts come from the machines of YouTube. */
export function familyOf(platform: Platform): Family {
  return platform === 'youtube_shorts' ? 'youtube' : platform;
}
