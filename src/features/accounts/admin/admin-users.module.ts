import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../../ops/index.js';
import { LimitsModule } from '../limits/limits.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { OwnAccountModule } from '../users/me/own-account.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountAudit } from './account-audit.js';
import { AdminUsersController } from './admin-users.controller.js';
import { AdminUsersRepository } from './admin-users.repository.js';
import { AdminUsersService } from './admin-users.service.js';
import { NewUsers } from './new-users.js';
import { PasswordLink } from './password-links/password-link.entity.js';
import { PasswordLinkController } from './password-links/password-link.controller.js';
import { PasswordLinks } from './password-links/password-links.js';
import { PasswordLinksRepository } from './password-links/password-links.repository.js';

@Module({
  imports: [
    AuditModule,
    TypeOrmModule.forFeature([PasswordLink]),
    LimitsModule,
    OwnAccountModule,
    SessionsModule,
    UsersModule,
  ],
  controllers: [AdminUsersController, PasswordLinkController],
  providers: [AccountAudit, AdminUsersRepository, AdminUsersService, NewUsers, PasswordLinks, PasswordLinksRepository],
})
export class AdminUsersModule {}
