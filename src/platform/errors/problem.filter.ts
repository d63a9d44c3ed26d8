import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../http-server/request-id.js';
import { DomainError } from './domain-error.js';
import { PROBLEM_CONTENT_TYPE } from './problem.js';
import { toProblem } from './to-problem.js';

/** By then a database that is started again mostly answers. */
const RETRY_AFTER_SEC = 5;

/** Answers every failed HTTP request with problem details. What is our fault is logged with its stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(exception: unknown, host: ArgumentsHost): void {
    // Global filters also get what a bot's handlers threw and no filter of the bot took: it goes on to their caller.
    if (host.getType() !== 'http') throw exception;
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toProblem(exception, requestIdOf(request));
    if (problem.status === 503) {
      this.logger.warn({ requestId: problem.requestId }, `${request.method} ${request.path}: ${problem.detail}`);
    } else if (problem.status >= 500) {
      this.logger.error({ err: exception, requestId: problem.requestId }, `${request.method} ${request.path} failed`);
    }
    if (response.headersSent) {
      // Half an answer is out: breaking the connection is the only way left to say that it is not whole.
      response.destroy();
      return;
    }
    const retryAfterSec = problem.status === 503 ? RETRY_AFTER_SEC : retryAfterOf(exception);
    if (typeof retryAfterSec === 'number') response.setHeader('Retry-After', Math.ceil(retryAfterSec));
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response.status(problem.status).type(PROBLEM_CONTENT_TYPE).json(problem);
  }
}

function retryAfterOf(exception: unknown): unknown {
  return exception instanceof DomainError ? exception.context.retryAfterSec : undefined;
}
