import type { RequestHandler } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';
import type { KieTask } from '../../state/records.js';

/** Where results lie on the media site. */
export const KIE_VIDEO_PATH = '/kie/:name';

const SAMPLE = '/vertical.mp4';

/** Each task has an address of its own; one that ends does so by itself, so nothing has to be remembered. */
export const kieVideos =
  (clock: Clock): RequestHandler =>
  (request, response, next) => {
    const { expires } = request.query;
    if (typeof expires === 'string' && Number(expires) <= clock.now().getTime()) {
      response.sendStatus(404);
      return;
    }
    request.url = SAMPLE;
    next();
  };

/** The address to tell at this moment: one that has died is followed by one that lasts, unless the video is gone. */
export function videoUrl(mediaUrl: string, { id, linkLifeMs, toldAt }: KieTask, now: number): string {
  const url = `${mediaUrl}/kie/${id}.mp4`;
  if (linkLifeMs === null) return url;
  if (linkLifeMs === 'never') return `${url}?expires=0`;
  const expires = (toldAt ?? now) + linkLifeMs;
  return toldAt !== null && expires <= now ? `${url}?fresh=1` : `${url}?expires=${expires}`;
}

/** A new address of a video whose link may have died; null when it is none of the customer's. */
export function freshUrl(url: string, isOwn: (taskId: string) => boolean): string | null {
  const { origin, pathname } = URL.canParse(url) ? new URL(url) : { origin: '', pathname: '' };
  const id = /^\/kie\/(\w+)\.mp4$/.exec(pathname)?.[1];
  return id !== undefined && isOwn(id) ? `${origin}${pathname}?fresh=1` : null;
}
