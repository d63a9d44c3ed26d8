import type { MediaFacts } from '../provider.js';
import { ProviderError } from '../../errors/provider-error.js';

interface FormatJson {
  filesize?: number | null;
  filesize_approx?: number | null;
  /** Kilobits per second. */
  tbr?: number | null;
  /** `none` for sound alone and for pictures of a storyboard. */
  vcodec?: string | null;
  width?: number | null;
  height?: number | null;
}

/** The fields of yt-dlp's info JSON that are read here; each of them may be missing. */
interface InfoJson extends FormatJson {
  _type?: string;
  entries?: InfoJson[];
  title?: string | null;
  duration?: number | null;
  is_live?: boolean | null;
  live_status?: string | null;
  age_limit?: number | null;
  /** Picture and sound, where they come apart. */
  requested_formats?: FormatJson[] | null;
  /** All there are. */
  formats?: FormatJson[] | null;
}

const NOT_FINISHED = ['is_live', 'is_upcoming', 'post_live'];

/** Reads what `-J` printed; of several media of one page the first, which is what a download takes. */
export function readFacts(printed: string): MediaFacts {
  const info = firstMedium(parse(printed));
  const durationSec = info.duration ?? null;
  return {
    title: info.title ?? null,
    durationSec,
    sizeBytes: totalSize(info.requested_formats ?? [info], durationSec),
    width: info.width ?? null,
    height: info.height ?? null,
    isLive: info.is_live === true || isUnfinished(info.live_status ?? null),
    ageLimit: info.age_limit ?? null,
    ...heightsOf(info.formats ?? []),
  };
}

/** Still being recorded, not begun, or not yet cut. */
export function isUnfinished(liveStatus: string | null): boolean {
  return liveStatus !== null && NOT_FINISHED.includes(liveStatus);
}

function parse(printed: string): InfoJson {
  try {
    const json = JSON.parse(printed) as unknown;
    if (typeof json === 'object' && json !== null) return json;
  } catch (error) {
    throw new ProviderError('PROVIDER_BUG', 'what yt-dlp printed is not JSON', { cause: error });
  }
  throw new ProviderError('PROVIDER_BUG', 'yt-dlp printed no facts');
}

function firstMedium(info: InfoJson): InfoJson {
  if (info._type !== 'playlist') return info;
  const [first] = info.entries ?? [];
  if (!first) throw new ProviderError('NO_FORMAT', 'there is no medium on the page');
  return firstMedium(first);
}

/** As in «720p»: of an upright picture its width, as yt-dlp's own `res`. */
function heightsOf(formats: FormatJson[]): Pick<MediaFacts, 'heights'> {
  const sides = formats.flatMap(({ vcodec, width, height }) =>
    vcodec === 'none' || !height ? [] : [Math.min(height, width ?? height)],
  );
  const heights = [...new Set(sides)].sort((a, b) => b - a);
  return heights.length > 0 ? { heights } : {};
}

function totalSize(formats: FormatJson[], durationSec: number | null): number | null {
  const sizes = formats.map((format) => sizeOf(format, durationSec));
  return sizes.reduce<number | null>((sum, size) => (sum === null || size === null ? null : sum + size), 0);
}

function sizeOf({ filesize, filesize_approx, tbr }: FormatJson, durationSec: number | null): number | null {
  const estimate = tbr && durationSec ? Math.round((tbr * 1_000 * durationSec) / 8) : null;
  return filesize ?? filesize_approx ?? estimate;
}
