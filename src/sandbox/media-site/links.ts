import { RECIPES } from './samples.js';

export interface Link {
  path: string;
  title: string;
  what: string;
}

const PAGES: readonly Link[] = [
  { path: '/watch/sample', title: 'A page with a video', what: 'an HTML page with og tags and a <video> tag' },
];

const BEHAVIOURS: readonly Link[] = [
  { path: '/slow.mp4', title: 'Slow', what: '200 kB/s for about 25 s: time to watch progress and to cancel' },
  { path: '/norange.mp4', title: 'No ranges', what: 'cannot be resumed' },
  { path: '/unsized.mp4', title: 'No size', what: 'nobody says how much is to come' },
  { path: '/empty.mp4', title: 'Empty', what: 'not a single byte' },
  { path: '/cut.mp4', title: 'Cut at a quarter', what: 'the connection breaks once, then the rest can be had' },
  { path: '/stall.mp4', title: 'Stalled', what: '100 kB, then silence' },
  { path: '/redir', title: 'Redirect', what: 'leads to the good video' },
  { path: '/big.mp4?mb=1000', title: 'Big', what: 'about 1 GB, as many MB as `mb` says' },
  { path: '/hls/i.m3u8', title: 'HLS', what: 'a playlist with segments' },
  { path: '/hls/gap.m3u8', title: 'HLS with a gap', what: 'one of the segments is not there' },
];

/** Statuses that `/<status>.mp4` answers with. */
export const STATUSES: readonly number[] = [401, 403, 404, 410, 429, 500, 503];

/** Everything there is to try, the best first. `samples` are the recipes that this ffmpeg can make. */
export function links(samples: readonly string[]): Link[] {
  const [best, ...others] = samples.map((name) => {
    const { title = name, what = '' } = RECIPES[name] ?? {};
    return { path: `/${name}`, title, what };
  });
  const errors = STATUSES.map((status) => ({ path: `/${status}.mp4`, title: `HTTP ${status}`, what: 'an error' }));
  return [...(best ? [best] : []), ...PAGES, ...BEHAVIOURS, ...others, ...errors];
}
