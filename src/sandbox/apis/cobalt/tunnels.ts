import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Clock } from '../../../platform/clock/clock.js';

const LIFESPAN_MS = 90_000;

/** Lengths in characters of what stands in a tunnel's address. */
const LENGTHS = { id: 21, exp: 13, sig: 43, sec: 43, iv: 22 } as const;

interface Tunnel {
  /** On the media site. */
  path: string;
  filename: string;
  signature: string;
  expiresAt: number;
}

/** Ways to media that close after 90 seconds and lead there once. A killed instance forgets its tunnels. */
export class Tunnels {
  private readonly open = new Map<string, Tunnel>();

  constructor(private readonly clock: Clock) {}

  /** @returns its path on the media site, without the first slash */
  dig(path: string, filename: string, { isExpired = false } = {}): string {
    const now = this.clock.now().getTime();
    for (const [id, { expiresAt }] of this.open) if (expiresAt <= now) this.open.delete(id);
    const [id, sig, sec, iv] = [LENGTHS.id, LENGTHS.sig, LENGTHS.sec, LENGTHS.iv].map(token);
    const expiresAt = isExpired ? now : now + LIFESPAN_MS;
    if (id === undefined || sig === undefined || sec === undefined || iv === undefined) throw new Error('no token');
    this.open.set(id, { path, filename, signature: sig, expiresAt });
    return `tunnel?${new URLSearchParams({ id, exp: String(expiresAt), sig, sec, iv }).toString()}`;
  }

  /** Turns a request for a tunnel into one for what lies behind it. */
  readonly handler: RequestHandler = (request, response, next) => {
    const { query } = request;
    const isWellFormed = Object.entries(LENGTHS).every(([name, length]) => textOf(query[name]).length === length);
    if (!isWellFormed) {
      response.status(400).end();
      return;
    }
    if (query.p !== undefined) {
      response.status(200).end();
      return;
    }
    const id = textOf(query.id);
    const tunnel = this.open.get(id);
    if (!tunnel || tunnel.expiresAt <= this.clock.now().getTime()) {
      response.status(404).end();
      return;
    }
    if (tunnel.signature !== query.sig) {
      response.status(401).end();
      return;
    }
    if (request.method === 'GET') this.open.delete(id);
    response.attachment(tunnel.filename);
    request.url = `/${tunnel.path}`;
    next();
  };

  reset(): void {
    this.open.clear();
  }
}

const token = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
