import { extname } from 'node:path';
import { apiError, apiShapeError, apiStatusError } from '../../errors/api-errors.js';
import type { ProviderError } from '../../errors/provider-error.js';
import type { ApiReply } from '../api/ask-api.js';
import { httpUrlOf, type JsonObject, listOf, numberOf, objectOf, textOf } from '../api/json.js';
import type { MediaUrl } from '../media-urls/media-url.js';
import type { Wish } from '../provider.js';
import { codeOfCobalt } from './cobalt-errors.js';

export type Extracted = { kind: 'file'; file: MediaUrl; title: string | null } | { kind: 'album'; files: MediaUrl[] };

const PHOTO = /^\.(?:jpe?g|png|webp|heic|avif)$/i;

/** @throws ProviderError for all answers that lead to no file */
export function extractedFrom(reply: ApiReply, wish: Wish, now: Date): Extracted {
  const { json } = reply;
  if (json === null) throw notJson(reply, now);
  switch (json.status) {
    case 'tunnel':
    case 'redirect':
      return fileOf(json, wish) ?? fail(apiShapeError(reply, 'without an address'));
    case 'picker':
      return pickedFrom(json, wish) ?? fail(apiShapeError(reply, 'with nothing to pick'));
    case 'error':
      throw cobaltError(reply, json, now);
    case 'local-processing':
      throw apiShapeError(reply, 'with streams that are still to be put together');
    default:
      throw reply.status === 200 ? apiShapeError(reply, 'in a way that is not known') : apiStatusError(reply, now);
  }
}

function fileOf(json: JsonObject, wish: Wish): Extracted | null {
  const url = httpUrlOf(json.url);
  if (url === null) return null;
  const name = textOf(json.filename) ?? '';
  if (PHOTO.test(extname(name))) return { kind: 'album', files: [{ url, kind: 'photo' }] };
  return { kind: 'file', file: { url, kind: wish.kind }, title: titleIn(name) };
}

/** `Title - Author (1080p, h264).mp4`; where cobalt knows no title the name is made of ids: `instagram_C3x.mp4`. */
function titleIn(name: string): string | null {
  return /^(.+) \([^()]*\)\.\w+$/.exec(name)?.[1]?.trim() ?? null;
}

function pickedFrom(json: JsonObject, wish: Wish): Extracted | null {
  const sound = wish.kind === 'audio' ? httpUrlOf(json.audio) : null;
  if (sound !== null) return { kind: 'file', file: { url: sound, kind: 'audio' }, title: null };
  const files = listOf(json.picker).flatMap((each): MediaUrl[] => {
    const { url, type } = objectOf(each);
    const address = httpUrlOf(url);
    return address === null ? [] : [{ url: address, kind: type === 'photo' ? 'photo' : 'video' }];
  });
  return files.length === 0 ? null : { kind: 'album', files };
}

function cobaltError(reply: ApiReply, json: JsonObject, now: Date): ProviderError {
  const { code, context } = objectOf(json.error);
  const cobaltCode = textOf(code);
  if (cobaltCode === null) return apiStatusError(reply, now);
  const meaning = codeOfCobalt(cobaltCode);
  const message = `${reply.host} answered ${cobaltCode}`;
  if (meaning !== 'HTTP_429') return apiError(meaning, message);
  // Of a rate it is the window in seconds; of a length it would be minutes.
  const windowSec = numberOf(objectOf(context).limit) ?? numberOf(reply.headers['ratelimit-reset']);
  return apiError(meaning, message, windowSec ?? undefined);
}

/** A proxy in front of it speaks, or it is no cobalt at all. */
function notJson(reply: ApiReply, now: Date): ProviderError {
  return reply.status === 200 ? apiShapeError(reply, 'something else than JSON') : apiStatusError(reply, now);
}

function fail(error: ProviderError): never {
  throw error;
}
