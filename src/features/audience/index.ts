export { AudienceModule } from './audience.module.js';
export { AudienceService } from './audience.service.js';
