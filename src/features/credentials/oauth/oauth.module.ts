import { Module } from '@nestjs/common';
import { CredentialCalls } from '../credential-calls.js';
import { CredentialsVaultModule } from '../credentials-vault.module.js';
import { PlatformsModule } from '../platforms/platforms.module.js';
import { OAuthAddresses } from './oauth-addresses.js';
import { OAuthController } from './oauth.controller.js';
import { OAuthService } from './oauth.service.js';
import { PendingAuthorizations } from './pending-authorizations.js';
import { TokenRenewals } from './token-renewals.js';

/** Tokens of platforms: how users give them, and how they stay good. */
@Module({
  imports: [CredentialsVaultModule, PlatformsModule],
  controllers: [OAuthController],
  providers: [CredentialCalls, OAuthAddresses, OAuthService, PendingAuthorizations, TokenRenewals],
  exports: [CredentialCalls, PlatformsModule],
})
export class OAuthModule {}
