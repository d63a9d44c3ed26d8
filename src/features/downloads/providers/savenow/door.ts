import { apiShapeError } from '../../errors/api-errors.js';
import { httpUrlOf, type JsonObject, textOf } from '../api/json.js';
import { rapidApiHeaders } from '../api/rapid-api.js';
import type { ProviderSetup } from '../provider.js';

/** The names that one backend goes by: through RapidAPI, paid per use, at a flat rate. */
export type SavenowName = 'savenow' | 'video-download-api' | 'youtube-download-api';

interface Credentials {
  headers?: Record<string, string>;
  query?: Record<string, string>;
}

/** How a job is ordered; nothing of it goes to the addresses that the order gives back. */
export function credentialsOf(name: SavenowName, setup: ProviderSetup, baseUrl: string): Credentials {
  if (name === 'savenow') return { headers: rapidApiHeaders(setup, baseUrl) };
  return setup.apiKey === null ? {} : { query: { apikey: setup.apiKey } };
}

const BACKEND = 'https://p.savenow.to';
const BACKEND_HOST = /(?:^|\.)savenow\.to$/;
const RAPID_API_HOST = /(?:^|\.)rapidapi\.com$/;

/**
 * Where a job can be watched: at the address that the order gave, or by the job's id; null when it gave neither. We ask
 * there ourselves, so it must be the backend's own.
 * @throws ProviderError when it is somebody else's
 */
export function progressUrlOf(order: JsonObject, baseUrl: string): string | null {
  const given = textOf(order.progress_url);
  if (given !== null) {
    if (isOwn(given, baseUrl)) return given;
    throw apiShapeError({ host: new URL(baseUrl).host }, 'with a progress address that is not its own');
  }
  const id = textOf(order.id);
  return id === null ? null : `${backendOf(baseUrl)}/api/progress?id=${encodeURIComponent(id)}`;
}

/** Encrypted and the backend's, or of the very origin that the operator has configured. */
export function isOwn(url: string, baseUrl: string): boolean {
  if (httpUrlOf(url) === null) return false;
  const { origin, protocol, hostname, username, password } = new URL(url);
  if (username !== '' || password !== '') return false;
  return origin === new URL(baseUrl).origin || (protocol === 'https:' && BACKEND_HOST.test(hostname));
}

/** RapidAPI only takes orders; who has a door of his own watches there. */
function backendOf(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return RAPID_API_HOST.test(hostname) || BACKEND_HOST.test(hostname) ? BACKEND : baseUrl;
}
