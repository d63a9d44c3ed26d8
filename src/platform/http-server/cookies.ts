import type { CookieOptions, Request } from 'express';

/** @returns the value as it was sent; of several of the name the first, which is that of the longest path */
export function cookieOf(request: Request, name: string): string | undefined {
  const prefix = `${name}=`;
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

/** Scripts cannot read it, other sites cannot send it; where the service is reached by TLS, it takes no other way. */
export function guardedCookie(request: Request, publicBaseUrl: string | undefined, path: string): CookieOptions {
  const secure = request.secure || publicBaseUrl?.startsWith('https:') === true;
  return { httpOnly: true, sameSite: 'strict', path, secure };
}
