import type { Request } from 'express';

/** @returns the value as it was sent; of several of the name the first, which is that of the longest path */
export function cookieOf(request: Request, name: string): string | undefined {
  const prefix = `${name}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}
