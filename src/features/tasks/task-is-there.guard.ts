import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { isUUID } from 'class-validator';
import type { Request } from 'express';
import { principalOf } from '../../platform/auth/principal.js';
import { Tasks } from './tasks.js';

/** For event streams: once they have begun there is no other way to say that the caller has no such task. */
@Injectable()
export class TaskIsThereGuard implements CanActivate {
  constructor(private readonly tasks: Tasks) {}

  /** @throws DomainError `tasks.not_found` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const caller = principalOf(request);
    const { taskId } = request.params;
    // What is no id its parameter refuses.
    if (caller && isUUID(taskId)) await this.tasks.get(caller.id, taskId as string);
    return true;
  }
}
