import type { Request } from 'express';
import { tokenOfHeader } from './parameters.js';

/** The one client that all stand-ins know. */
const CLIENT_ID = 'sandbox';
const CLIENT_SECRET = 'sandbox-secret';

/** Where a client says who it is: in the header `Authorization` alone, there or in the form, or without a secret. */
export type ClientProof = 'basic' | 'either' | 'public';

export const isKnownClient = (id: string | null): boolean => id === CLIENT_ID;

export function provesItself(request: Request, parameters: URLSearchParams, proof: ClientProof): boolean {
  if (proof === 'public') return isKnownClient(parameters.get('client_id'));
  const header = tokenOfHeader(request, 'Basic');
  if (header !== undefined) return Buffer.from(header, 'base64').toString() === `${CLIENT_ID}:${CLIENT_SECRET}`;
  if (proof === 'basic') return false;
  return isKnownClient(parameters.get('client_id')) && parameters.get('client_secret') === CLIENT_SECRET;
}
