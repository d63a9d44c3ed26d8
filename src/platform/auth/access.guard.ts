import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { accessOf } from './access.js';
import { forbidden, unauthenticated } from './auth.errors.js';
import { principalOf } from './principal.js';

/** Lets through whom the route names. A route that names nobody is closed to all. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const access = accessOf(this.reflector, context.getHandler(), context.getClass());
    if (access === 'public') return true;
    if (access === undefined) throw forbidden();
    const principal = principalOf(context.switchToHttp().getRequest<Request>());
    if (!principal) throw unauthenticated();
    if (access !== 'authenticated' && principal.role !== access.role) throw forbidden();
    return true;
  }
}
