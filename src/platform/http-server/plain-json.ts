import type { NextFunction, Request, Response } from 'express';
import { InvalidRequest } from '../errors/invalid-request.js';

/** Deeper than any body of ours; what walks a body by recursion survives it. */
const DEEPEST = 64;
/** More than in any body of ours. A megabyte has half a million, and a DTO would complain about each of them. */
const MOST_VALUES = 10_000;

interface Visit {
  value: unknown;
  field: string;
  depth: number;
}

/**
 * Refuses bodies that are JSON, and yet break whoever takes them for what they seem: nested without an end, with values
 * without number, or with texts that PostgreSQL cannot keep. No DTO has to look for those.
 */
export function plainJson(request: Request, _response: Response, next: NextFunction): void {
  const problem = problemOf(request.body);
  next(problem && new InvalidRequest([problem]));
}

function problemOf(body: unknown): { field: string; message: string } | undefined {
  const visits: Visit[] = [{ value: body, field: '', depth: 0 }];
  let values = 0;
  for (let visit = visits.pop(); visit; visit = visits.pop()) {
    const { value, field, depth } = visit;
    const message = typeof value === 'string' ? textProblem(value) : null;
    if (message !== null) return { field, message };
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) return { field: '', message: `must not be nested deeper than ${DEEPEST}` };
    // Not by its entries: each of them has a name made for it.
    values += Object.values(value).length;
    if (values > MOST_VALUES) return { field: '', message: `must not hold more than ${MOST_VALUES} values` };
    for (const [name, inner] of Object.entries(value)) {
      visits.push({ value: inner, field: field === '' ? name : `${field}.${name}`, depth: depth + 1 });
    }
  }
  return undefined;
}

function textProblem(text: string): string | null {
  if (/\p{Surrogate}/u.test(text)) return 'must be Unicode text';
  return text.includes('\0') ? 'must not have zero bytes' : null;
}
