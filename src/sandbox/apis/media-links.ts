import type { ApiName } from './api-names.js';
import type { Behaviours } from './behaviour.js';
import type { Script } from './scripts.js';

/** Where clouds tell their secrets: nobody may be led there. */
const METADATA_URL = 'http://169.254.169.254/latest/meta-data/';

/** What can be wrong with the medium that an API leads to. */
export const MEDIA_BEHAVIOURS: Behaviours = {
  mediaGone: 'the link of the medium answers 404',
  mediaForbidden: 'the link of the medium answers 403',
  emptyFile: 'the medium has no bytes',
  htmlInsteadOfVideo: 'the link of the medium leads to a page',
  stallingMedia: 'the medium stops after 100 kB',
  doubledSlashes: 'the link of the medium has a doubled slash in its path',
  hostileMedia: 'the link of the medium leads where nobody may go; `how`: private (default), redirect, file',
};

const PATHS: Readonly<Record<string, string>> = {
  mediaGone: '404.mp4',
  mediaForbidden: '403.mp4',
  emptyFile: 'empty.mp4',
  htmlInsteadOfVideo: 'watch/sample',
  stallingMedia: 'stall.mp4',
};

/** Whom a link was made for: it stands in its query, so that the hits of the media site tell it. */
export interface Mark {
  api: ApiName;
  /** The job, or another name of what was asked. */
  ask: string;
  quality?: string;
}

/** The path that takes the place of the sample's, as the script wants it. */
export function scriptedPath({ behaviour }: Script, sample: string): string {
  return behaviour === 'doubledSlashes' ? `/${sample}` : (PATHS[behaviour] ?? sample);
}

/** Where a hostile API leads; null for one that means well. */
export function hostileUrl({ behaviour, how }: Script, mediaUrl: string): string | null {
  if (behaviour !== 'hostileMedia') return null;
  if (how === 'file') return 'file:///etc/passwd';
  return how === 'redirect' ? `${mediaUrl}/redir?to=${encodeURIComponent(METADATA_URL)}` : METADATA_URL;
}

/** Addresses on the media site, the only ones that stand-ins hand out for media. */
export class MediaLinks {
  constructor(readonly mediaUrl: string) {}

  /** The medium itself, or what the script puts in its place. */
  medium(script: Script, sample: string, mark: Mark): string {
    return hostileUrl(script, this.mediaUrl) ?? this.at(scriptedPath(script, sample), mark);
  }

  /** @param path without its first slash */
  at(path: string, mark: Mark): string {
    const query = new URLSearchParams({ ...mark }).toString();
    return `${this.mediaUrl}/${path}${path.includes('?') ? '&' : '?'}${query}`;
  }
}
