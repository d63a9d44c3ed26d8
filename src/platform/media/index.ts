export type { Fix, FixOptions, FixPlan } from './fix-plan.js';
export { MediaError } from './media-error.js';
export type { MediaFacts } from './media-facts.js';
export { Media } from './media.js';
export { pictureFacts, type PictureFacts } from './picture-facts.js';
export { planSound } from './plan-sound.js';
export type { SmallPictureOptions } from './small-picture.js';
export type { Thumbnail } from './thumbnail.js';
