import type { Type } from '@nestjs/common';
import type { ConfigGroup } from '../../../platform/config/settings.js';
import { storageConfig } from '../../../platform/storage/storage.config.js';
import { StorageModule } from '../../../platform/storage/storage.module.js';
import { notificationsGround } from '../../notifications/testing/notifications-ground.js';
import { accountsConfig } from '../accounts.config.js';

/** What `AccountsModule`, and whatever stands on it, needs besides the ground of `startApi`. */
export const accountsGround: { groups: ConfigGroup[]; imports: Type[] } = {
  groups: [...notificationsGround.groups, storageConfig, accountsConfig],
  imports: [...notificationsGround.imports, StorageModule],
};
