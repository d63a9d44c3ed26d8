const HEIGHTS = ['144', '240', '360', '480', '720', '1080', '1440'];
const WEBM_ONLY = ['4k', '8k'];
const SOUNDS = ['mp3', 'm4a', 'webm', 'aac', 'flac', 'opus', 'ogg', 'wav'];

export interface Format {
  /** As the API calls it to people. */
  fullName: string;
  /** Path on the media site of what is served in place of the video; null: the video itself. */
  sound: string | null;
}

/** Undefined for what the API does not make. The stand-in has two sounds: whatever is not MP3 is M4A. */
export function formatOf(name: string): Format | undefined {
  if (HEIGHTS.includes(name)) return { fullName: `mp4 [${name}p]`, sound: null };
  if (name === 'mp4') return { fullName: 'mp4', sound: null };
  if (WEBM_ONLY.includes(name)) return { fullName: `webm [${name}]`, sound: null };
  if (SOUNDS.includes(name)) return { fullName: name, sound: name === 'mp3' ? 'sound.mp3' : 'sound.m4a' };
  return undefined;
}
