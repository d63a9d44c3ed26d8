import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { accessOf } from './access.js';

/**
 * Finds out who calls and turns nobody away: limits count by caller, and whether one is needed the route says. Routes
 * that are open to all do not ask, and so answer while the database is away.
 */
@Injectable()
export class IdentityGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const access = accessOf(this.reflector, context.getHandler(), context.getClass());
    if (access !== 'public') await super.canActivate(context);
    return true;
  }

  override handleRequest<Caller>(error: unknown, caller: Caller | false): Caller {
    if (error instanceof Error) throw error;
    return (caller || undefined) as Caller;
  }
}
