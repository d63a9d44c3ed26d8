import { secondsOf } from '../media-site/samples.js';
import type { Script } from './scripts.js';

/** A path of the media site that a script or a link may name; never an address of another host. */
export const SAMPLE_PATH = /^[\w-]+(\.[\w-]+)+(\?[\w=&.-]*)?$/;

const USUAL_SAMPLE = 'ok.mp4';

const PLATFORMS: readonly [name: string, host: RegExp][] = [
  ['youtube', /(^|\.)(youtube\.com|youtu\.be)$/],
  ['tiktok', /(^|\.)tiktok\.com$/],
  ['instagram', /(^|\.)instagram\.com$/],
  ['pinterest', /(^|\.)(pinterest\.[a-z.]+|pin\.it)$/],
];

/** What a stand-in knows of the medium behind a link. */
export interface LinkFacts {
  url: string;
  platform: string;
  id: string;
  title: string;
  author: string;
  /** Path on the media site. */
  sample: string;
  durationSec: number;
}

/** A link says itself what is behind it with `sample` and `duration` in its query; null for none of the platforms. */
export function linkFacts(link: string, script: Script): LinkFacts | null {
  const url = URL.canParse(link) ? new URL(link) : null;
  const platform = url && PLATFORMS.find(([, host]) => host.test(url.hostname))?.[0];
  if (!platform) return null;
  const id = url.searchParams.get('v') ?? url.pathname.split('/').findLast((part) => part !== '') ?? '';
  const asked = url.searchParams.get('sample');
  const sample = script.sample ?? (asked !== null && SAMPLE_PATH.test(asked) ? asked : USUAL_SAMPLE);
  const told = Number(url.searchParams.get('duration'));
  const durationSec = script.durationSec ?? (told > 0 ? told : secondsOf(nameOf(sample)));
  return { url: link, platform, id, title: `Sample of ${platform} ${id}`, author: 'sandbox', sample, durationSec };
}

const nameOf = (sample: string): string => sample.split('?')[0] ?? sample;
