import { Module } from '@nestjs/common';
import { AdminUsersModule } from './admin/admin-users.module.js';
import { FirstAdmin } from './first-admin.js';
import { LimitsModule } from './limits/limits.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { OwnAccountModule } from './users/me/own-account.module.js';
import { UsersModule } from './users/users.module.js';

@Module({
  imports: [AdminUsersModule, LimitsModule, OwnAccountModule, SessionsModule, SettingsModule, UsersModule],
  providers: [FirstAdmin],
  exports: [FirstAdmin, LimitsModule, SettingsModule],
})
export class AccountsModule {}
