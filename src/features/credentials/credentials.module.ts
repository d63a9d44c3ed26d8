import { Module } from '@nestjs/common';
import { CredentialChecks } from './credential-checks.js';
import { CredentialsController } from './credentials.controller.js';
import { CredentialsService } from './credentials.service.js';
import { CredentialsStatus } from './credentials-status.js';
import { CredentialsVaultModule } from './credentials-vault.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { PlatformsModule } from './platforms/platforms.module.js';

@Module({
  imports: [CredentialsVaultModule, OAuthModule, PlatformsModule],
  controllers: [CredentialsController],
  providers: [CredentialChecks, CredentialsService, CredentialsStatus],
})
export class CredentialsModule {}
