import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';

/** Finds out who calls and turns nobody away: limits count by caller, and whether one is needed the route says. */
@Injectable()
export class IdentityGuard extends AuthGuard('jwt') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() === 'http') await super.canActivate(context);
    return true;
  }

  override handleRequest<Caller>(error: unknown, caller: Caller | false): Caller {
    if (error instanceof Error) throw error;
    return (caller || undefined) as Caller;
  }
}
