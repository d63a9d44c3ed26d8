import {
  Injectable,
  Logger,
  StreamableFile,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { from, lastValueFrom, of, type Observable } from 'rxjs';
import { DomainError } from '../errors/domain-error.js';
import { PROBLEM_CONTENT_TYPE } from '../errors/problem.js';
import { toProblem } from '../errors/to-problem.js';
import { requestIdOf } from '../http-server/request-id.js';
import { IdempotencyKeys, type Answer } from './idempotency-keys.js';
import { namedWrite } from './named-write.js';
import { WITHOUT_IDEMPOTENCY } from './without-idempotency.decorator.js';

/** Runs a write that carries an Idempotency-Key once, and answers its repetitions with what was answered then. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly keys: IdempotencyKeys,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    if (context.getType() !== 'http') return next.handle();
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride(WITHOUT_IDEMPOTENCY, targets) === true) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    const write = namedWrite(request);
    if (!write) return next.handle();

    const response = context.switchToHttp().getResponse<Response>();
    const found = await this.keys.claim(write);
    switch (found.outcome) {
      case 'claimed':
        return from(this.run(found.claim, next, request, response));
      case 'finished':
        return of(replay(found.answer, response));
      case 'running':
        throw new DomainError('request.in_progress', 'conflict', 'The first request with this key is still running', {
          retryable: true,
        });
      case 'mismatch':
        throw new DomainError(
          'request.idempotency_mismatch',
          'invalid',
          'This Idempotency-Key was used for another request',
        );
    }
  }

  private async run(claim: string, next: CallHandler, request: Request, response: Response): Promise<unknown> {
    let value: unknown;
    try {
      value = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.settle(claim, failureToKeep(error, request));
      throw error;
    }
    const streamed = value instanceof StreamableFile || response.headersSent;
    await this.settle(claim, streamed ? undefined : { status: response.statusCode, body: jsonOf(value) });
    return value;
  }

  /** The write has happened or failed; that its answer could not be kept must not change what the caller is told. */
  private async settle(claim: string, answer: Answer | undefined): Promise<void> {
    try {
      await (answer ? this.keys.finish(claim, answer) : this.keys.forget(claim));
    } catch (error) {
      this.logger.warn({ err: error }, 'An answer was not kept for repetitions');
    }
  }
}

/** A refusal is an answer like any other. After a fault, or when trying again may help, the key is free again. */
function failureToKeep(error: unknown, request: Request): Answer | undefined {
  const problem = toProblem(error, requestIdOf(request));
  const mayPass = problem.status === 429 || (error instanceof DomainError && error.retryable);
  return problem.status >= 500 || mayPass ? undefined : { status: problem.status, body: jsonOf(problem) };
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

function replay({ status, body }: Answer, response: Response): unknown {
  response.status(status).setHeader('Idempotency-Replayed', 'true');
  if (status >= 400) response.type(PROBLEM_CONTENT_TYPE);
  return body === null ? undefined : (JSON.parse(body) as unknown);
}
