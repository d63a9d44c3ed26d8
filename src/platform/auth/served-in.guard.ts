import { Inject, Injectable, NotFoundException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { processConfig, type ProcessConfig, type Role } from '../config/process.config.js';
import { SERVED_IN } from './served-in.js';

/** Hides the routes that this process does not serve. */
@Injectable()
export class ServedInGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(processConfig.key) private readonly config: ProcessConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const targets = [context.getHandler(), context.getClass()];
    const role = this.reflector.getAllAndOverride<Role | 'any' | undefined>(SERVED_IN, targets) ?? 'api';
    if (role === 'any' || this.config.roles.includes(role)) return true;
    throw new NotFoundException('This process does not serve this route');
  }
}
