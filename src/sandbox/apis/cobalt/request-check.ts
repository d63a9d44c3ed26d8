import type { Request } from 'express';
import { isRecord } from '../../bot-api/params.js';
import { type Answer } from '../answer.js';
import { jsonOf, textOf } from '../exchange.js';
import { errorAnswer } from './answers.js';

const JSON_TYPE = /^application\/json(; charset=utf-8)?$/;
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const BODY_LIMIT_BYTES = 1024;

const oneOf =
  (...values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);
const flag = oneOf(true, false);
const language = (value: unknown): boolean => typeof value === 'string' && /^[\da-z-]{2,8}$/i.test(value);

/** All that a request may say; one word more and it is refused. */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  url: (value) => typeof value === 'string' && value !== '',
  videoQuality: oneOf('max', '4320', '2160', '1440', '1080', '720', '480', '360', '240', '144'),
  downloadMode: oneOf('auto', 'audio', 'mute'),
  audioFormat: oneOf('best', 'mp3', 'ogg', 'wav', 'opus'),
  audioBitrate: oneOf('320', '256', '128', '96', '64', '8'),
  filenameStyle: oneOf('classic', 'pretty', 'basic', 'nerdy'),
  localProcessing: oneOf('disabled', 'preferred', 'forced', true, false),
  youtubeVideoCodec: oneOf('h264', 'av1', 'vp9'),
  youtubeVideoContainer: oneOf('auto', 'mp4', 'webm', 'mkv'),
  youtubeDubLang: language,
  subtitleLang: language,
  disableMetadata: flag,
  alwaysProxy: flag,
  allowH265: flag,
  tiktokFullAudio: flag,
  youtubeHLS: flag,
  youtubeBetterAudio: flag,
  convertGif: flag,
};

/** What the headers are refused for; null when they are right. An instance that wants no key ignores other schemes. */
export function headerRefusal(request: Request): Answer | null {
  if (!JSON_TYPE.test(request.get('accept') ?? '')) return errorAnswer('header.accept');
  if (!JSON_TYPE.test(request.get('content-type') ?? '')) return errorAnswer('header.content_type');
  const [scheme = '', key = ''] = (request.get('authorization') ?? '').split(' ');
  return scheme.toLowerCase() === 'api-key' && !UUID.test(key) ? errorAnswer('auth.key.invalid') : null;
}

/** What the body is refused for; null when it is right. */
export function bodyRefusal(request: Request): Answer | null {
  const body = jsonOf(request);
  if (Buffer.byteLength(textOf(request)) > BODY_LIMIT_BYTES || !isRecord(body)) return errorAnswer('invalid_body');
  if (!body.url) return errorAnswer('link.missing');
  const isValid = Object.entries(body).every(([name, value]) => Object.hasOwn(FIELDS, name) && FIELDS[name]?.(value));
  return isValid ? null : errorAnswer('invalid_body');
}

export interface CobaltWish {
  url: string;
  downloadMode: 'auto' | 'audio' | 'mute';
  audioFormat: string;
  alwaysProxy: boolean;
}

/** Of a request that was not refused. */
export function wishOf(request: Request): CobaltWish {
  const body = jsonOf(request);
  const usual = { url: '', downloadMode: 'auto', audioFormat: 'mp3', alwaysProxy: false } as const;
  return { ...usual, ...(isRecord(body) ? body : {}) };
}
