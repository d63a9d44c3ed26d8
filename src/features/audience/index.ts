export { RequestsTable } from './activity/requests-table.js';
export { AudienceModule } from './audience.module.js';
export { AudienceService } from './audience.service.js';
