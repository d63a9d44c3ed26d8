import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthController } from './auth.controller.js';
import { FirstAdmin } from './first-admin.js';
import { LoginService } from './login.service.js';
import { Passwords } from './passwords.js';
import { User } from './user.entity.js';
import { UsersController } from './users.controller.js';
import { UsersRepository } from './users.repository.js';
import { UsersService } from './users.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([User])],
  controllers: [AuthController, UsersController],
  providers: [FirstAdmin, LoginService, Passwords, UsersRepository, UsersService],
  exports: [FirstAdmin],
})
export class AccountsModule {}
