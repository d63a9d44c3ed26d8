import type { Request, RequestHandler, Response } from 'express';
import type { Clock } from '../../platform/clock/clock.js';
import { type Answer, react, type Reaction, send } from './answer.js';
import type { ApiName } from './api-names.js';
import { delayMs, transportAnswer } from './behaviour.js';
import { maskedFields, maskedHeaders, shortened } from './masking.js';
import type { OutsideCalls } from './outside-calls.js';
import type { Script, Scripts } from './scripts.js';

export interface Ask {
  /** What the API refuses whatever the script says, such as a wrong key. */
  refuse?: (request: Request) => Answer | null;
  /** Whether a script with this behaviour is about this call; default: all are. */
  takes?: (behaviour: string, request: Request) => boolean;
  answer: (request: Request, script: Script) => Reaction | Promise<Reaction>;
}

/** How calls of outside APIs go: scripts are asked, and everything is written down. Bodies are texts here. */
export class Exchange {
  constructor(
    private readonly scripts: Scripts,
    private readonly calls: OutsideCalls,
    private readonly clock: Clock,
  ) {}

  /** A call that takes the next script of its API. */
  ask(api: ApiName, { refuse, takes, answer }: Ask): RequestHandler {
    return async (request, response) => {
      const record = this.begin(request);
      const refusal = refuse?.(request);
      if (refusal) {
        record(api, null, refusal);
        send(response, refusal);
        return;
      }
      const script = this.scripts.take(api, takes && ((behaviour) => takes(behaviour, request)));
      const { behaviour } = script;
      if (!(await this.waited(delayMs(script), response))) {
        record(api, behaviour, null);
        return;
      }
      const given = transportAnswer(script) ?? (await answer(request, script));
      record(api, behaviour, typeof given === 'string' ? null : given);
      await react(request, response, given);
    };
  }

  /** A call that uses no script up; it fails all the same while its API is down for good. */
  look(apiOf: (request: Request) => ApiName, answer: (request: Request) => Answer | Promise<Answer>): RequestHandler {
    return async (request, response) => {
      const record = this.begin(request);
      const api = apiOf(request);
      const standing = this.scripts.always(api);
      const given = (standing.behaviour === 'down' ? transportAnswer(standing) : null) ?? (await answer(request));
      record(api, null, given);
      send(response, given);
    };
  }

  private begin(request: Request): (api: ApiName, behaviour: string | null, answer: Answer | null) => void {
    const { method, originalUrl, query, headers } = request;
    const began = this.clock.now();
    const [path = ''] = originalUrl.split('?');
    const form = formOf(request);
    const body = shortened(maskedFields(form ? Object.fromEntries(form) : jsonOf(request)));
    const call = { method, path, query: maskedFields(query), headers: maskedHeaders(headers), body };
    return (api, behaviour, answer) => {
      const ms = this.clock.now().getTime() - began.getTime();
      const status = answer?.status ?? 0;
      const response = maskedFields(answer?.body ?? null);
      this.calls.add({ at: began.toISOString(), api, ...call, behaviour, status, response, ms });
    };
  }

  /** False when the caller has gone meanwhile. */
  private async waited(ms: number, response: Response): Promise<boolean> {
    if (ms === 0) return true;
    const gone = new AbortController();
    const leave = (): void => gone.abort();
    response.once('close', leave);
    try {
      await this.clock.delay(ms, gone.signal);
      return true;
    } catch {
      return false;
    } finally {
      response.off('close', leave);
    }
  }
}

export const textOf = ({ body }: Request): string => (typeof body === 'string' ? body : '');

/** The fields of a form; null for a body of another kind. */
export function formOf(request: Request): URLSearchParams | null {
  return request.is('application/x-www-form-urlencoded') ? new URLSearchParams(textOf(request)) : null;
}

/** The body as JSON, else its text, else null. */
export function jsonOf(request: Request): unknown {
  const text = textOf(request);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text === '' ? null : text;
  }
}
