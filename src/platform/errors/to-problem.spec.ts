import { ForbiddenException, HttpException, InternalServerErrorException } from '@nestjs/common';
import { DomainError, type ErrorKind } from './domain-error.js';
import { InvalidRequest } from './invalid-request.js';
import { toProblem } from './to-problem.js';

const problem = (exception: unknown) => toProblem(exception, 'id-1');

describe('toProblem', () => {
  it.each<[ErrorKind, number]>([
    ['invalid', 422],
    ['unauthenticated', 401],
    ['forbidden', 403],
    ['not_found', 404],
    ['conflict', 409],
    ['limit', 429],
    ['payment_required', 402],
    ['upstream', 502],
  ])('a domain error of kind %s is a %i with its own code and words', (kind, status) => {
    expect(problem(new DomainError('downloads.some_code', kind, 'Some words'))).toMatchObject({
      type: 'urn:nexus:error:downloads.some_code',
      status,
      code: 'downloads.some_code',
      detail: 'Some words',
      requestId: 'id-1',
    });
  });

  it('keeps the words of an internal domain error to ourselves', () => {
    const { status, code, detail } = problem(new DomainError('credits.broken', 'internal', 'row 7 is negative'));
    expect({ status, code }).toEqual({ status: 500, code: 'credits.broken' });
    expect(detail).not.toContain('row 7');
  });

  it('lists the fields of a request that does not fit', () => {
    const errors = [{ field: 'a.b', message: 'must be set' }];
    expect(problem(new InvalidRequest(errors))).toMatchObject({ status: 400, code: 'request.invalid', errors });
  });

  it('gives codes to refusals of the framework', () => {
    expect(problem(new ForbiddenException())).toMatchObject({ status: 403, code: 'auth.forbidden' });
    expect(problem(new HttpException('no tea', 418))).toMatchObject({ status: 418, code: 'request.refused' });
    expect(problem(new InternalServerErrorException('secret'))).toMatchObject({ status: 500, code: 'internal' });
  });

  it('believes errors of the body parser, and no other error that has a status', () => {
    const tooLarge = Object.assign(new Error('request entity too large'), { status: 413, expose: true });
    expect(problem(tooLarge)).toMatchObject({ status: 413, code: 'request.too_large' });
    const ofAProvider = Object.assign(new Error('their key is wrong'), { status: 401 });
    expect(problem(ofAProvider)).toMatchObject({ status: 500, code: 'internal' });
  });

  it('asks to try again while the database is away', () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(problem(away)).toMatchObject({ status: 503, code: 'request.unavailable' });
  });

  it('knows a caller whose account went meanwhile', () => {
    const orphaned = (constraint: string) => Object.assign(new Error('violates foreign key'), { constraint });
    expect(problem(orphaned('tasks_user_id_fkey'))).toMatchObject({ status: 401, code: 'auth.unauthenticated' });
    expect(problem(orphaned('refresh_tokens_session_id_fkey'))).toMatchObject({ status: 500, code: 'internal' });
  });

  it('says nothing of what nobody expected', () => {
    for (const exception of [new Error('secret'), 'secret', null, { status: 404, message: 'secret' }]) {
      const told = problem(exception);
      expect(told).toMatchObject({ status: 500, code: 'internal' });
      expect(JSON.stringify(told)).not.toContain('secret');
    }
  });
});
