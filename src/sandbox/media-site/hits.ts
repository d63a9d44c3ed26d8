import type { RequestHandler } from 'express';
import type { Clock } from '../../platform/clock/clock.js';

const REMEMBERED = 5000;

/** A request that the media site has seen, for tests of who asked for what. */
export interface Hit {
  /** ISO 8601. */
  at: string;
  method: string;
  url: string;
  range: string | null;
  userAgent: string | null;
  host: string | null;
  /** Of all headers that came, in lower case. */
  headerNames: string[];
}

export class Hits {
  private hits: Hit[] = [];

  constructor(private readonly clock: Clock) {}

  readonly record: RequestHandler = (request, _response, next) => {
    const { method, originalUrl } = request;
    const header = (name: string): string | null => request.get(name) ?? null;
    const at = this.clock.now().toISOString();
    const [range, userAgent, host] = ['range', 'user-agent', 'host'].map(header);
    this.hits.push({
      at,
      method,
      url: originalUrl,
      range: range ?? null,
      userAgent: userAgent ?? null,
      host: host ?? null,
      headerNames: Object.keys(request.headers),
    });
    if (this.hits.length > REMEMBERED) this.hits.shift();
    next();
  };

  all(): Hit[] {
    return this.hits;
  }

  clear(): void {
    this.hits = [];
  }
}
