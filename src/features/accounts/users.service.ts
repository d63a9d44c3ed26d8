import { Injectable } from '@nestjs/common';
import { unauthenticated } from '../../platform/auth/auth.errors.js';
import type { User } from './user.entity.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  /** @throws DomainError `auth.unauthenticated` when the account is gone or disabled, though its token still lives. */
  async profile(id: string): Promise<User> {
    const user = await this.users.findById(id);
    if (!user?.isActive) throw unauthenticated();
    return user;
  }
}
