import type { GenerationPhoto } from './generation-photo.entity.js';

interface PhotoKind {
  contentType: GenerationPhoto['contentType'];
  extension: string;
}

/** What models take, by the name that `pictureFacts` has for it. */
const KINDS: Partial<Record<string, PhotoKind>> = {
  jpg: { contentType: 'image/jpeg', extension: 'jpg' },
  png: { contentType: 'image/png', extension: 'png' },
  webp: { contentType: 'image/webp', extension: 'webp' },
};

export function photoKind(format: string): PhotoKind | undefined {
  return KINDS[format];
}
