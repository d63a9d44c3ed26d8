export { AudienceModule } from './audience.module.js';
export { AudienceService } from './audience.service.js';
export {
  UserActivity,
  type ActivitySummary,
  type BotPerson,
  type DayOfActivity,
  type PersonalActivity,
  type RequestOfPerson,
} from './user-activity.js';
