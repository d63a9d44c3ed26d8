/** The APIs that have a stand-in, called after the adapter that talks to them. */
export const API_NAMES = [
  'savenow',
  'rapidapi',
  'video-download-api',
  'cobalt',
  'google',
  'vk',
  'zoom',
  'yandex',
  'dropbox',
  'kie',
  'llm',
] as const;
export type ApiName = (typeof API_NAMES)[number];

interface Door {
  api: ApiName;
  /** Under the root of the Bot API stand-in. */
  path: string;
}

const DIRECT_SAVENOW: Door = { api: 'video-download-api', path: '/apis/savenow' };

/** Where each adapter knocks; two of them are customers of one and the same backend. */
const DOORS: Readonly<Record<string, Door>> = {
  savenow: { api: 'savenow', path: '/apis/rapidapi-yt' },
  rapidapi: { api: 'rapidapi', path: '/apis/rapidapi-social' },
  'video-download-api': DIRECT_SAVENOW,
  'youtube-download-api': DIRECT_SAVENOW,
  cobalt: { api: 'cobalt', path: '/apis/cobalt' },
  google: { api: 'google', path: '/apis/google' },
  vk: { api: 'vk', path: '/apis/vk' },
  zoom: { api: 'zoom', path: '/apis/zoom' },
  yandex: { api: 'yandex', path: '/apis/yandex' },
  dropbox: { api: 'dropbox', path: '/apis/dropbox' },
  kie: { api: 'kie', path: '/apis/kie' },
  'kie-upload': { api: 'kie', path: '/apis/kie-upload' },
  llm: { api: 'llm', path: '/apis/llm' },
};

/** Base URLs by adapter. */
export const apiUrls = (root: string): Record<string, string> =>
  Object.fromEntries(Object.entries(DOORS).map(([adapter, { path }]) => [adapter, root + path]));

/** The stand-in behind an adapter's door; undefined for a name that is none. */
export const apiOfAdapter = (adapter: string): ApiName | undefined =>
  Object.hasOwn(DOORS, adapter) ? DOORS[adapter]?.api : undefined;

export const adaptersOf = (api: ApiName): string[] =>
  Object.entries(DOORS).flatMap(([adapter, door]) => (door.api === api ? [adapter] : []));
