import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'X-Request-Id';
const SANE = /^[\w.:-]{1,128}$/;

/** Takes over the id a proxy or client gave the request, or makes one; the answer carries it, each log line too. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.get(HEADER);
  const id = given !== undefined && SANE.test(given) ? given : randomUUID();
  request.id = id;
  response.setHeader(HEADER, id);
  next();
}

export function requestIdOf(request: Request): string {
  return request.id as string;
}
