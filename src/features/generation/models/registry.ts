import type { VideoModel } from './model.js';
import { seedance2 } from './seedance-2/seedance-2.js';
import { sora2ImageToVideo } from './sora-2-image-to-video/sora-2-image-to-video.js';

/** Every model that Nexus knows; `KIE_MODELS` says which of them are used, and in which order. */
export const videoModels: readonly VideoModel[] = [seedance2, sora2ImageToVideo];
