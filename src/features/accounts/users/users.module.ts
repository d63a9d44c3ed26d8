import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SettingsModule } from '../settings/settings.module.js';
import { NewAccounts } from './new-accounts.js';
import { Passwords } from './passwords.js';
import { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

/** Accounts as such; how one signs in to them is beside, in `sessions`. */
@Module({
  imports: [TypeOrmModule.forFeature([User]), SettingsModule],
  providers: [NewAccounts, Passwords, UsersRepository],
  exports: [NewAccounts, Passwords, UsersRepository],
})
export class UsersModule {}
