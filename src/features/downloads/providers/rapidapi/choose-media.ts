import type { Platform } from '../../links/media-link.js';
import type { MediaUrl } from '../media-urls/media-url.js';
import type { Wish } from '../provider.js';
import { wishedHeight } from '../wished-height.js';
import type { Medium, Post } from './post.js';

/** Where a post may have several videos; elsewhere they are one video in several qualities. */
const OF_SEVERAL_VIDEOS: ReadonlySet<Platform> = new Set(['instagram', 'pinterest']);
const GOOGLE_VIDEO = /(?:^|\.)googlevideo\.com$/;

export type Choice = { kind: 'file'; file: MediaUrl } | { kind: 'album'; files: MediaUrl[] };

/** What is fetched of a post; null when nothing of it can be. */
export function chooseMedia(post: Post, platform: Platform, wish: Wish): Choice | null {
  const [videos, sounds] = [ofType(post, 'video'), ofType(post, 'audio')];
  const sound = wish.kind === 'audio' ? best(sounds, SOUND_ORDER) : undefined;
  if (sound) return { kind: 'file', file: { url: sound.url, kind: 'audio' } };
  if (isAlbum(post, platform)) {
    const files = post.media.filter(({ type }) => type !== 'audio').map(toAlbumFile);
    return { kind: 'album', files };
  }
  const video = best(fitting(videos, wish), VIDEO_ORDER);
  return video ? { kind: 'file', file: { url: video.url, kind: 'video' } } : null;
}

function isAlbum(post: Post, platform: Platform): boolean {
  const [videos, photos] = [ofType(post, 'video'), ofType(post, 'image')];
  if (videos.length === 0) return photos.length > 0;
  if (!post.isMultiple) return false;
  return photos.length > 0 || (videos.length > 1 && OF_SEVERAL_VIDEOS.has(platform));
}

const ofType = ({ media }: Post, type: Medium['type']) => media.filter((each) => each.type === type);

const toAlbumFile = ({ url, type }: Medium): MediaUrl => ({ url, kind: type === 'image' ? 'photo' : 'video' });

/** Those that are not higher than wished; where all are, the lowest. */
function fitting(videos: Medium[], wish: Wish): Medium[] {
  const limit = wishedHeight(wish) ?? Infinity;
  const low = videos.filter(({ height }) => (height ?? 0) <= limit);
  if (low.length > 0) return low;
  const lowest = Math.min(...videos.map(({ height }) => height ?? Infinity));
  return videos.filter(({ height }) => height === lowest);
}

type Order = readonly ((medium: Medium) => number)[];

/** More is better; what comes first decides. */
const VIDEO_ORDER: Order = [
  ({ isMute }) => (isMute ? 0 : 1),
  ({ extension }) => (extension === 'mp4' ? 1 : 0),
  unmarked,
  onOpenHost,
  ({ height }) => height ?? 0,
  ({ label }) => (/\bhd/.test(label) ? 1 : 0),
];

const SOUND_ORDER: Order = [({ extension }) => (extension === 'm4a' || extension === 'mp3' ? 1 : 0), onOpenHost];

/** Without a watermark, nothing said of one, with one. */
function unmarked({ label }: Medium): number {
  if (/no.?watermark|without.?watermark/.test(label)) return 2;
  return label.includes('watermark') ? 0 : 1;
}

/** googlevideo.com serves an address only to whom it was given. */
function onOpenHost({ url }: Medium): number {
  return GOOGLE_VIDEO.test(new URL(url).hostname) ? 0 : 1;
}

/** The first of the best. */
function best(media: readonly Medium[], order: Order): Medium | undefined {
  const compare = (a: Medium, b: Medium) => {
    const difference = order.map((rank) => rank(b) - rank(a)).find((each) => each !== 0);
    return difference ?? 0;
  };
  return [...media].sort(compare)[0];
}
