import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './is-database-away.js';

const withCode = (code: string) => Object.assign(new Error('…'), { code });

describe('a failed statement', () => {
  it.each([
    ['the server is shutting down', new QueryFailedError('SELECT', [], withCode('57P01'))],
    ['the connection was cut', new QueryFailedError('SELECT', [], new Error('Connection terminated unexpectedly'))],
    ['nobody listens', withCode('ECONNREFUSED')],
    ['no more connections', withCode('53300')],
  ])('may succeed later: %s', (_why, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  it.each([
    ['a constraint', new QueryFailedError('INSERT', [], withCode('23505'))],
    ['a timeout of its own', withCode('57014')],
    ['a defect', new TypeError('undefined is not a function')],
    ['no error', 'Connection terminated'],
  ])('fails by itself: %s', (_why, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
