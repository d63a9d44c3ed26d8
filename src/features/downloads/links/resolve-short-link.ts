import type { MediaLink } from './media-link.js';
import { tellLink } from './tell-link.js';

/**
 * Follows a short link to the medium it stands for. A link that has its key is returned as it is; so is one that leads
 * to no medium of its platform, still without a key.
 * `follow` goes along the redirects of an address and returns the last one; its failures are passed on.
 */
export async function resolveShortLink(link: MediaLink, follow: (url: string) => Promise<string>): Promise<MediaLink> {
  if (link.mediaKey !== null) return link;
  const told = tellLink(await follow(link.canonicalUrl), { directEnabled: false });
  return 'refused' in told || told.platform !== link.platform ? link : told;
}
