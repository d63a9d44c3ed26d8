import { type Behaviours, TRANSPORT_BEHAVIOURS } from '../behaviour.js';
import { MEDIA_BEHAVIOURS } from '../media-links.js';
import type { Script } from '../scripts.js';
import type { SavenowJob } from '../../state/records.js';

export const SAVENOW_BEHAVIOURS: Behaviours = {
  ok: 'a job that is done at the second poll',
  pending: 'a job that is pending for `polls` (3) polls',
  cached: 'done at once: the first answer has the download_url',
  idOnly: 'a job whose first answer has its id and nothing else',
  refused: '200 with success false; `text`',
  errorMidway: 'a job that fails with `text` after `polls` (2) polls',
  noUrl: 'a job that is finished without a download_url',
  badGateway: 'a job whose first `polls` (5) polls are answered 502, 503, 504, 520 …, then as ok',
  hostileProgressUrl: 'leads the polls away; `how`: http (default), private, redirect',
  private: '200 with success false, a private video',
  age: '200 with success 0, age-restricted',
  live: '200 with success false, a live stream',
  tooLong: '200 with success 0, too long',
  unavailable: '200 with success 0, the video is gone',
  keyRefused: 'the key is invalid',
  quota: 'the quota is used up',
  rate: '429',
  ...MEDIA_BEHAVIOURS,
  ...TRANSPORT_BEHAVIOURS,
};

/** What it says of videos that it cannot have; its clients have seen all these fields. */
const REFUSALS: Readonly<Record<string, (text?: string) => object>> = {
  refused: (text = 'Something went wrong') => ({ success: false, message: text }),
  private: (text = 'This video is private') => ({ success: false, error: text }),
  age: (text = 'This video is age restricted') => ({ success: 0, msg: text }),
  live: (text = 'This is a live stream, it cannot be downloaded yet') => ({ success: false, text }),
  tooLong: (text = 'Video is too long') => ({ success: 0, message: text }),
  unavailable: (text = 'Video unavailable') => ({ success: 0, text }),
};

export const refusalOf = ({ behaviour, text }: Script): object | null => REFUSALS[behaviour]?.(text) ?? null;

export function planOf({ behaviour, polls, text, how }: Script): SavenowJob['plan'] {
  const usual: SavenowJob['plan'] = {
    badPolls: 0,
    pendingPolls: 1,
    end: 'done',
    redirected: false,
    errorText: text ?? 'Error: the video could not be processed',
  };
  switch (behaviour) {
    case 'pending':
      return { ...usual, pendingPolls: polls ?? 3 };
    case 'errorMidway':
      return { ...usual, pendingPolls: polls ?? 2, end: 'failed' };
    case 'badGateway':
      return { ...usual, badPolls: polls ?? 5 };
    case 'noUrl':
      return { ...usual, end: 'noUrl' };
    case 'hostileProgressUrl':
      return { ...usual, redirected: how === 'redirect' };
    default:
      return usual;
  }
}
