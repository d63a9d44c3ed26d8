import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CryptoModule } from '../../platform/crypto/crypto.module.js';
import { NotificationsModule } from '../notifications/index.js';
import { Credential } from './credential.entity.js';
import { CredentialsRepository } from './credentials.repository.js';
import { CredentialsVault, secretsContext } from './credentials-vault.js';

/** What everything about credentials stands on. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Credential]),
    CryptoModule.forFeature({ table: 'credentials', column: 'secrets', context: secretsContext }),
    NotificationsModule,
  ],
  providers: [CredentialsRepository, CredentialsVault],
  exports: [CredentialsRepository, CredentialsVault],
})
export class CredentialsVaultModule {}
