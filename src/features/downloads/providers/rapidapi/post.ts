import { httpUrlOf, type JsonObject, listOf, numberOf, objectOf, textOf } from '../api/json.js';

/** One of the files that the API has found behind a link. */
export interface Medium {
  url: string;
  type: 'video' | 'audio' | 'image';
  extension: string | null;
  /** As the API labels it, in lower case: `720p`, `hd_no_watermark`. */
  label: string;
  height: number | null;
  /** A picture without sound, of which the sound is another file. */
  isMute: boolean;
}

export interface Post {
  title: string | null;
  /** The media are several things, or one thing in several qualities: it says `multiple` of both. */
  isMultiple: boolean;
  media: readonly Medium[];
}

/** Reads `{title, type, medias: [{url, type, extension, quality, …}]}`; media that cannot be fetched are left out. */
export function readPost(json: JsonObject): Post {
  return {
    title: textOf(json.title),
    isMultiple: json.type === 'multiple',
    media: listOf(json.medias).flatMap((each) => readMedium(objectOf(each)) ?? []),
  };
}

function readMedium(json: JsonObject): Medium | null {
  const url = httpUrlOf(json.url);
  const { type } = json;
  if (url === null || (type !== 'video' && type !== 'audio' && type !== 'image')) return null;
  const label = (textOf(json.quality) ?? '').toLowerCase();
  return {
    url,
    type,
    extension: textOf(json.extension)?.toLowerCase() ?? null,
    label,
    height: numberOf(json.height) ?? heightIn(textOf(json.resolution)) ?? heightIn(label),
    isMute: json.is_audio === false,
  };
}

/** In `720p`, `mp4 (720p)`, `1280x720`. */
function heightIn(text: string | null): number | null {
  const match = /\b(?:\d{2,4}x(\d{2,4})|(\d{3,4})p)\b/i.exec(text ?? '');
  return match ? Number(match[1] ?? match[2]) : null;
}
