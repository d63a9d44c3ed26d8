import type { FileKind, FileRecord } from '../state/records.js';
import type { FileTraits } from '../world/file-store.js';
import type { World } from '../world/world.js';
import { inputFile, uploadedPart } from './input-file.js';
import type { Call } from './method.js';
import type { Params } from './params.js';
import type { MediaFile, MessageContent } from './types.js';

export type MediaKind = Exclude<FileKind, 'thumbnail'>;

export const MEDIA_KINDS: readonly MediaKind[] = ['photo', 'video', 'animation', 'audio', 'voice', 'document'];

/** What Telegram shows as the size of a video that came without one: a square of nothing. */
const UNKNOWN_SIDE = 320;

/**
 * The part of a message that holds its file. `name` is the parameter with the file: `video` in sendVideo, `media` in
 * an InputMedia. Width, height, duration and thumbnail are what the sender says, as with files too big to be looked at.
 */
export async function mediaContent(
  world: World,
  call: Call,
  params: Params,
  name: string,
  kind: MediaKind,
): Promise<MessageContent> {
  const file = await inputFile(world, call, params, name, kind, () => traitsOf(world, params, kind));
  return { ...contentOf(world, file), has_media_spoiler: params.flag('has_spoiler') || undefined };
}

/** By the kind of the file, not of the call: a video sent again as a document stays a video. */
export function contentOf(world: World, file: FileRecord): MessageContent {
  const media = world.files.mediaFile(file);
  switch (file.kind) {
    case 'photo':
    case 'thumbnail':
      return { photo: world.photos.sizes(file) };
    case 'video':
      return { video: withFrame(media) };
    case 'animation':
      return { animation: withFrame(media), document: documentOf(media) };
    case 'audio':
      return { audio: { ...withoutFrame(media), duration: media.duration ?? 0 } };
    case 'voice':
      return { voice: { ...withoutFrame(media), duration: media.duration ?? 0 } };
    case 'document':
      return { document: documentOf(media) };
  }
}

const withFrame = (media: MediaFile): MediaFile => ({
  ...media,
  width: media.width ?? UNKNOWN_SIDE,
  height: media.height ?? UNKNOWN_SIDE,
  duration: media.duration ?? 0,
});

const withoutFrame = (media: MediaFile): MediaFile => ({ ...media, width: undefined, height: undefined });

function documentOf({ file_unique_id, file_size, file_name, mime_type, thumbnail }: MediaFile): MediaFile {
  return { file_unique_id, file_size, file_name, mime_type, thumbnail };
}

async function traitsOf(world: World, params: Params, kind: MediaKind): Promise<FileTraits> {
  if (kind === 'photo') return {};
  return {
    width: params.whole('width') ?? null,
    height: params.whole('height') ?? null,
    duration: params.whole('duration') ?? null,
    performer: params.text('performer') ?? null,
    title: params.text('title') ?? null,
    thumbnailId: await storeThumbnail(world, params),
  };
}

async function storeThumbnail(world: World, params: Params): Promise<string | null> {
  const part = uploadedPart(params, 'thumbnail') ?? uploadedPart(params, 'thumb');
  const size = part && (await world.photos.thumbnailSize(part.path, part.size));
  if (!part || !size) return null;
  const { uniqueId } = await world.files.adopt(part, 'thumbnail', { name: null, mimeType: 'image/jpeg', ...size });
  return uniqueId;
}
