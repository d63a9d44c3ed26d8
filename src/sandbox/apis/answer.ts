import { once } from 'node:events';
import type { Request, Response } from 'express';

/** What a stand-in says. An object goes out as JSON, a text as it is. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: object | string;
}

/** What becomes of a call: an answer, a cut connection, or silence until the caller goes. */
export type Reaction = Answer | 'cut' | 'silence';

export const ok = (body: object, headers?: Record<string, string>): Answer => ({ status: 200, headers, body });

export function send(response: Response, { status, headers = {}, body }: Answer): void {
  response.status(status).set(headers);
  if (typeof body === 'string') response.end(body);
  else response.json(body);
}

export async function react(request: Request, response: Response, reaction: Reaction): Promise<void> {
  if (reaction === 'cut') request.socket.destroy();
  else if (reaction === 'silence') await once(response, 'close');
  else send(response, reaction);
}
