import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { Attempts } from './attempts.js';
import { AuthController } from './auth.controller.js';
import { LiveSessionsModule } from './live-sessions.module.js';
import { LoginService } from './login.service.js';
import { PresentedTokens } from './presented-tokens.js';
import { RefreshCookie } from './refresh-cookie.js';
import { RefreshToken } from './refresh-token.entity.js';
import { RegistrationService } from './registration.service.js';
import { Session } from './session.entity.js';
import { SessionRetention } from './session-retention.js';
import { Sessions } from './sessions.js';

@Module({
  imports: [TypeOrmModule.forFeature([RefreshToken, Session]), LiveSessionsModule, UsersModule],
  controllers: [AuthController],
  providers: [Attempts, LoginService, PresentedTokens, RefreshCookie, RegistrationService, SessionRetention, Sessions],
  exports: [Attempts, Sessions],
})
export class SessionsModule {}
