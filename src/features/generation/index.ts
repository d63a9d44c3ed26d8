export type { GenerationBatch, GenerationKind } from './batches/generation-batch.entity.js';
export { Generation, type Order, type OrderOutcome } from './batches/generation.js';
export { VideoDelivery, type SendingEnd } from './flow/video-delivery.js';
export { generationConfig, type GenerationConfig } from './generation.config.js';
export { GenerationFrontend, type Failure, type ReadyVideo, type Recipient } from './generation.frontend.js';
export { GenerationModule } from './generation.module.js';
export { videoKey, type GenerationJob } from './jobs/generation-job.entity.js';
export { Photos, type PhotoOutcome } from './photos/photos.js';
