import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { isDatabaseAway } from '../database/is-database-away.js';
import { DomainError, type ErrorKind } from './domain-error.js';
import { InvalidRequest } from './invalid-request.js';
import type { FieldProblem, Problem } from './problem.js';

const STATUS_OF: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  limit: 429,
  payment_required: 402,
  upstream: 502,
  internal: 500,
};

/** Codes of what the framework itself refuses, before any feature is asked. */
const CODE_OF: Partial<Record<number, string>> = {
  400: 'request.malformed',
  401: 'auth.unauthenticated',
  403: 'auth.forbidden',
  404: 'request.not_found',
  405: 'request.method_not_allowed',
  413: 'request.too_large',
  415: 'request.unsupported_media_type',
  429: 'request.too_many',
};

interface Failure {
  status: number;
  code: string;
  detail: string;
  errors?: FieldProblem[];
}

const UNAVAILABLE: Failure = {
  status: 503,
  code: 'request.unavailable',
  detail: 'A part of the service does not answer. Try again in a moment',
};

const UNEXPECTED: Failure = { status: 500, code: 'internal', detail: 'Something went wrong on our side' };

/** What a caller is told about an exception. Of what nobody expected he learns nothing but the request's id. */
export function toProblem(exception: unknown, requestId: string): Problem {
  const { status, code, detail, errors } = failureOf(exception);
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: `urn:nexus:error:${code}`, title, status, detail, code, errors, requestId };
}

function failureOf(exception: unknown): Failure {
  if (exception instanceof InvalidRequest) {
    return { status: 400, code: 'request.invalid', detail: exception.message, errors: exception.errors };
  }
  if (exception instanceof DomainError) {
    const { code, kind, message } = exception;
    return { status: STATUS_OF[kind], code, detail: kind === 'internal' ? UNEXPECTED.detail : message };
  }
  if (exception instanceof HttpException) return refusal(exception.getStatus(), exception.message);
  if (isHttpError(exception)) return refusal(exception.status, exception.message);
  if (isDatabaseAway(exception)) return UNAVAILABLE;
  if (isOwnerGone(exception)) return refusal(401, 'The account is gone');
  return UNEXPECTED;
}

function refusal(status: number, detail: string): Failure {
  return status >= 500 ? { ...UNEXPECTED, status } : { status, code: CODE_OF[status] ?? 'request.refused', detail };
}

/** An account that was deleted while one of its requests was on its way. */
function isOwnerGone(exception: unknown): boolean {
  return (
    exception instanceof Error &&
    'constraint' in exception &&
    typeof exception.constraint === 'string' &&
    exception.constraint.endsWith('_user_id_fkey')
  );
}

/** The errors of express and its body parser say by `expose` that their message is for the client. */
function isHttpError(exception: unknown): exception is Error & { status: number } {
  return (
    exception instanceof Error &&
    'expose' in exception &&
    exception.expose === true &&
    'status' in exception &&
    typeof exception.status === 'number'
  );
}
