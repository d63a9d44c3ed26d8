import type { MediaKind, ReadyFile, ReadyMedia } from '../../features/downloads/index.js';
import { cutText, type OwedMedia } from '../../telegram/index.js';

type MediaCall = Required<Pick<OwedMedia, 'method' | 'params' | 'files'>>;

const METHODS = {
  video: 'sendVideo',
  photo: 'sendPhoto',
  audio: 'sendAudio',
  document: 'sendDocument',
} as const satisfies Record<MediaKind, OwedMedia['method']>;

/**
 * The call that sends a medium as one message: a file, or an album.
 * @param caption Telegram HTML; under the first of an album. Sound bears its title instead
 */
export function mediaMessage(media: ReadyMedia, caption: string): MediaCall {
  const [first, ...others] = media.files;
  if (!first) throw new Error('There is nothing to send');
  return others.length === 0 ? single(media, first, caption) : album(media, caption);
}

function single({ title }: ReadyMedia, file: ReadyFile, caption: string): MediaCall {
  const { kind, source } = file;
  const params = { ...captionParams(kind, caption), ...shapeParams(file, title) };
  if ('fileId' in source) return { method: METHODS[kind], params: { [kind]: source.fileId, ...params }, files: {} };
  const { storageKey, thumbnailKey } = source;
  return {
    method: METHODS[kind],
    params,
    files: {
      [kind]: { key: storageKey, filename: fileName(title, kind, storageKey) },
      ...(thumbnailKey === null ? {} : { thumbnail: { key: thumbnailKey, filename: 'thumbnail.jpg' } }),
    },
  };
}

function album({ title, files }: ReadyMedia, caption: string): MediaCall {
  const call: MediaCall & { params: { media: object[] } } = {
    method: 'sendMediaGroup',
    params: { media: [] },
    files: {},
  };
  for (const [index, file] of files.entries()) {
    const { kind, source } = file;
    const item = { type: kind, ...(index === 0 ? captionParams(kind, caption) : {}), ...shapeParams(file, title) };
    if ('fileId' in source) {
      call.params.media.push({ ...item, media: source.fileId });
      continue;
    }
    const { storageKey, thumbnailKey } = source;
    const [name, thumbnail] = [`file${index}`, `thumbnail${index}`];
    call.files[name] = { key: storageKey, filename: fileName(title, kind, storageKey, index + 1) };
    if (thumbnailKey !== null) call.files[thumbnail] = { key: thumbnailKey, filename: 'thumbnail.jpg' };
    const attached = {
      media: `attach://${name}`,
      ...(thumbnailKey === null ? {} : { thumbnail: `attach://${thumbnail}` }),
    };
    call.params.media.push({ ...item, ...attached });
  }
  return call;
}

function captionParams(kind: MediaKind, caption: string): Record<string, unknown> {
  return caption === '' || kind === 'audio' ? {} : { caption, parse_mode: 'HTML' };
}

/** What a player is told of a file before it has it. */
function shapeParams({ kind, width, height, durationSec }: ReadyFile, title: string | null): Record<string, unknown> {
  const duration = durationSec === null ? {} : { duration: Math.round(durationSec) };
  if (kind === 'video') return { supports_streaming: true, ...(width && height ? { width, height } : {}), ...duration };
  if (kind === 'audio') return { ...(title === null ? {} : { title }), ...duration };
  return {};
}

/** What the file is called when somebody saves it. @param place in an album, from 1 */
function fileName(title: string | null, kind: MediaKind, storageKey: string, place?: number): string {
  const extension = storageKey.slice(storageKey.lastIndexOf('.'));
  const safe = (title ?? kind).replace(/[\s\p{Cc}\\/:*?"<>|]+/gu, ' ').trim();
  return `${cutText(safe, 60) || kind}${place === undefined ? '' : ` ${place}`}${extension}`;
}
