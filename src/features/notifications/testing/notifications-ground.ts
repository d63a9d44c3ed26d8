import { Global, Module, type Type } from '@nestjs/common';
import type { ConfigGroup } from '../../../platform/config/settings.js';
import { DiscoveryModule } from '../../../platform/discovery/discovery.module.js';
import { egressConfig } from '../../../platform/egress/egress.config.js';
import { EgressModule } from '../../../platform/egress/egress.module.js';
import { EventsModule } from '../../../platform/events/events.module.js';
import { QueueModule } from '../../../platform/queue/queue.module.js';
import { NotificationsFrontend } from '../notifications.frontend.js';
import { RecordingNotificationsFrontend } from './recording-frontend.js';

@Global()
@Module({
  providers: [{ provide: NotificationsFrontend, useClass: RecordingNotificationsFrontend }],
  exports: [NotificationsFrontend],
})
class RecordingNotificationsModule {}

/** What `NotificationsModule`, and whatever stands on it, needs besides the ground of `startApi`; and a bot that takes notes. */
export const notificationsGround: { groups: ConfigGroup[]; imports: Type[] } = {
  groups: [egressConfig],
  imports: [DiscoveryModule, EventsModule, QueueModule, EgressModule, RecordingNotificationsModule],
};
