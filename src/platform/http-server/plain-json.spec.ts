import type { Request, Response } from 'express';
import { InvalidRequest } from '../errors/invalid-request.js';
import { plainJson } from './plain-json.js';

function problemOf(body: unknown): unknown {
  const next = vi.fn<(problem?: unknown) => void>();
  plainJson({ body } as Request, {} as Response, next);
  const [problem] = next.mock.calls[0] ?? [];
  return problem instanceof InvalidRequest ? problem.errors : problem;
}

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));

describe('plainJson', () => {
  it.each([undefined, null, 1, 'text', [], {}, { a: [{ b: 'ключ 😀' }] }, nested(64)])('lets %j through', (body) => {
    expect(problemOf(body)).toBeUndefined();
  });

  it.each([65, 400_000])('refuses %i levels', (depth) => {
    expect(problemOf(nested(depth))).toEqual([{ field: '', message: 'must not be nested deeper than 64' }]);
  });

  it.each([
    ['a list', Array<number>(10_000).fill(0)],
    ['an object', Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`k${i}`, 0]))],
    ['lists in lists', { a: Array<unknown>(4_999).fill([0]) }],
  ])('takes 10000 values, and not one more, in %s', (_, body) => {
    expect(problemOf(body)).toBeUndefined();
    expect(problemOf(Array.isArray(body) ? [...body, 0] : { ...body, more: 1, evenMore: 2 })).toEqual([
      { field: '', message: 'must not hold more than 10000 values' },
    ]);
  });

  it('names the field that holds half a character', () => {
    const message = 'must be Unicode text';
    expect(problemOf({ a: { b: ['fine', '\ud83d'] } })).toEqual([{ field: 'a.b.1', message }]);
    expect(problemOf({ email: 'x\udc00' })).toEqual([{ field: 'email', message }]);
  });

  it('names the field that holds a zero byte', () => {
    const message = 'must not have zero bytes';
    expect(problemOf({ a: { b: ['fine', 'a\0b'] } })).toEqual([{ field: 'a.b.1', message }]);
    expect(problemOf({ email: '\0' })).toEqual([{ field: 'email', message }]);
    expect(problemOf('\0')).toEqual([{ field: '', message }]);
  });
});
