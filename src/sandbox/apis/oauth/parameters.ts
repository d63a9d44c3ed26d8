import type { Request } from 'express';
import { formOf } from '../exchange.js';

export function queryOf({ originalUrl }: Request): URLSearchParams {
  const start = originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : originalUrl.slice(start));
}

/** Clients send them as a form, in the query, or some in each; the form counts more. */
export function parametersOf(request: Request): URLSearchParams {
  const parameters = queryOf(request);
  for (const [name, value] of formOf(request) ?? []) parameters.set(name, value);
  return parameters;
}

/** The token of `Authorization: <scheme> <token>`; undefined with another scheme or without the header. */
export function tokenOfHeader({ headers }: Request, scheme: string): string | undefined {
  const [given = '', token] = (headers.authorization ?? '').split(' ');
  return given.toLowerCase() === scheme.toLowerCase() ? token : undefined;
}
