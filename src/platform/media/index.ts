export type { Fix, FixOptions, FixPlan } from './fix-plan.js';
export { MediaError } from './media-error.js';
export type { MediaFacts } from './media-facts.js';
export { Media } from './media.js';
export type { Thumbnail } from './thumbnail.js';
