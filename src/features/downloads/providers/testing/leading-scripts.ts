import type { ApiScript } from './scripted-api.js';

/** How each API leads to a medium: the link itself is where it lies. */
export const leadingScripts = {
  rapidapi: ({ body }) => {
    const { url } = JSON.parse(body) as { url: string };
    return { body: { title: 'ok', medias: [{ url, type: 'video', extension: 'mp4', quality: '720p' }], error: false } };
  },

  /** The job's id is the link; it is on its way for one poll. */
  savenow: (() => {
    const polled = new Set<string>();
    return ({ url: { origin, pathname, searchParams } }) => {
      if (pathname === '/ajax/download.php') {
        const id = searchParams.get('url') ?? '';
        const progress_url = `${origin}/api/progress?id=${encodeURIComponent(id)}`;
        return { body: { success: true, id, progress_url, title: 'ok', url: null } };
      }
      const id = searchParams.get('id') ?? '';
      if (!polled.has(id)) {
        polled.add(id);
        return { body: { success: 0, progress: 400, text: 'Downloading' } };
      }
      return { body: { success: 1, progress: 1000, text: 'Finished', download_url: id } };
    };
  })(),

  cobalt: ({ body }) => {
    const { url } = JSON.parse(body) as { url: string };
    return { body: { status: 'tunnel', url, filename: 'ok - somebody (720p, h264).mp4' } };
  },
} satisfies Record<string, ApiScript>;
