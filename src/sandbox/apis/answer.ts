import type { Response } from 'express';

/** What a stand-in says. An object goes out as JSON, a text as it is. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: object | string;
}

export const ok = (body: object, headers?: Record<string, string>): Answer => ({ status: 200, headers, body });

export function send(response: Response, { status, headers = {}, body }: Answer): void {
  response.status(status).set(headers);
  if (typeof body === 'string') response.end(body);
  else response.json(body);
}
