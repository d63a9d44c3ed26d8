import { createHash } from 'node:crypto';
import type { MediaLink, Platform } from './media-link.js';
import { LINK_FORMS, type LinkForm } from './platform-links.js';

export interface RefusedLink {
  refused: 'unsupported';
}

export type ToldLink = MediaLink | RefusedLink;

const REFUSED: RefusedLink = { refused: 'unsupported' };
const MAX_LENGTH = 2_048;
const TRACKING_PARAMETER =
  /^(?:utm_\w+|si|igshid?|feature|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|ttclid|twclid|mc_[ce]id|_ga|_gl)$/i;

/**
 * Says which platform's medium a link means, and rewrites it so that all its forms are one. Nothing is fetched.
 * `directEnabled`: whether an address of no known platform may be taken for a media file or page.
 */
export function tellLink(link: string, { directEnabled }: { directEnabled: boolean }): ToldLink {
  const url = parse(link);
  if (!url) return REFUSED;
  const forms = LINK_FORMS.filter((form) => form.hosts.test(url.hostname));
  if (forms.length > 0) return firstFit(forms, url) ?? REFUSED;
  return directEnabled ? directLink(url) : REFUSED;
}

function parse(link: string): URL | null {
  const text = link.replace(/\p{Cc}/gu, '').trim();
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hostname = url.hostname.replace(/\.$/, '');
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

function firstFit(forms: LinkForm[], url: URL): MediaLink | null {
  for (const form of forms) {
    const named = namedBy(form, url);
    if (!named) continue;
    return {
      platform: form.platform,
      mediaKey: form.isShortLink ? null : `${family(form.platform)}:${named.id}`,
      canonicalUrl: form.canonical(named),
    };
  }
  return null;
}

function namedBy(form: LinkForm, url: URL): Record<string, string> | null {
  const path = form.path.exec(url.pathname);
  if (!path) return null;
  if (!form.idParameter) return withoutMissing(path.groups ?? {});
  const id = form.idParameter.value.exec(url.searchParams.get(form.idParameter.name) ?? '');
  return id && { id: id[0] };
}

/** A group that took no part in the match is there as undefined. */
function withoutMissing(groups: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** A short can be opened as an ordinary video as well: it is one medium, with one key. */
function family(platform: Platform): Platform {
  return platform === 'youtube_shorts' ? 'youtube' : platform;
}

function directLink(url: URL): MediaLink {
  url.search = searchWithoutTracking(url.search);
  const canonicalUrl = url.href;
  const digest = createHash('sha256').update(canonicalUrl).digest('hex');
  return { platform: 'direct', mediaKey: `direct:${digest}`, canonicalUrl };
}

/** The pairs are kept as written: a server may have signed them. */
function searchWithoutTracking(search: string): string {
  const name = (pair: string) => pair.split('=', 1)[0] ?? '';
  return search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !TRACKING_PARAMETER.test(name(pair)))
    .sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))
    .join('&');
}
