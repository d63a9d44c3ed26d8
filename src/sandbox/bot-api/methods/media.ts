import { randomInt } from 'node:crypto';
import { chatToWrite, countMessage } from '../chat-access.js';
import { badRequest } from '../errors.js';
import { MEDIA_KINDS, mediaContent, type MediaKind } from '../media-content.js';
import type { Method } from '../method.js';
import { isRecord, Params } from '../params.js';
import { send } from '../send.js';
import type { Message, MessageContent } from '../types.js';
import { captionContent } from './texts.js';

const GROUP_SIZE = { min: 2, max: 10 };

/** Documents and audio make albums of their own. */
const ALBUMS: readonly (readonly string[])[] = [['photo', 'video'], ['document'], ['audio']];

const sendMedia =
  (kind: MediaKind): Method =>
  async (world, call): Promise<Message> => {
    const place = chatToWrite(world, call);
    const caption = captionContent(call.params);
    const media = await mediaContent(world, call, call.params, kind, kind);
    countMessage(world, place);
    return send(world, call, place, { ...media, ...caption });
  };

export const sendPhoto = sendMedia('photo');
export const sendVideo = sendMedia('video');
export const sendAnimation = sendMedia('animation');
export const sendAudio = sendMedia('audio');
export const sendVoice = sendMedia('voice');
export const sendDocument = sendMedia('document');

export const sendMediaGroup: Method = async (world, call): Promise<Message[]> => {
  const place = chatToWrite(world, call);
  const items = (call.params.list('media') ?? []).map((item) => inputMedia(item, call.params));
  if (items.length < GROUP_SIZE.min) throw badRequest('there must be at least 2 media in the album');
  if (items.length > GROUP_SIZE.max) throw badRequest('too many media in the album');
  if (!ALBUMS.some((kinds) => items.every(({ kind }) => kinds.includes(kind)))) {
    throw badRequest("can't use the media of the specified type in the album");
  }
  const contents: MessageContent[] = [];
  for (const { kind, params } of items) {
    contents.push({ ...(await mediaContent(world, call, params, 'media', kind)), ...captionContent(params) });
  }
  countMessage(world, place);
  const media_group_id = String(randomInt(1e12, 1e14));
  return contents.map((content) => send(world, call, place, { ...content, media_group_id }));
};

/** An InputMedia object as parameters of its own; its files are parts of the call it came in. */
export function inputMedia(value: unknown, { uploads }: Params): { kind: MediaKind; params: Params } {
  if (!isRecord(value)) throw badRequest("can't parse InputMedia: expected an Object");
  const kind = MEDIA_KINDS.find((known) => known === value.type);
  if (!kind) throw badRequest(`can't parse InputMedia: type "${String(value.type)}" is unsupported`);
  return { kind, params: new Params(value, uploads) };
}
