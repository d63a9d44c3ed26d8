import type { Request } from 'express';

/**
 * Whether a page of this service has sent the request, by its public name or the one it was called by. Browsers name the
 * origin of whatever could change something; cookies alone, SameSite too, do not tell ports or sibling domains apart.
 */
export function isFromOwnPage(request: Request, publicBaseUrl: string | undefined): boolean {
  const { origin } = request.headers;
  if (origin === undefined || !URL.canParse(origin)) return false;
  const from = new URL(origin);
  const isPublic = publicBaseUrl !== undefined && from.origin === new URL(publicBaseUrl).origin;
  return isPublic || from.host === request.host;
}
