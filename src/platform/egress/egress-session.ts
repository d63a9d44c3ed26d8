import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { EgressRefusedError } from './egress-errors.js';
import { formatHostPort } from './host-port.js';
import type { Target } from './target-guard.js';
import type { HostTraffic, TrafficMeter } from './traffic-meter.js';

export interface EgressUse {
  /** Of this use, e.g. of a download attempt: letters, digits, `.`, `_` and `-`. */
  id: string;
  /** The way out, for pools. `url` is an upstream proxy (http, https, socks5); it is only ever asked for addresses. */
  egress?: { name: string; url?: string };
  /** Local address to connect from. */
  sourceAddress?: string;
}

const UPSTREAM_PROTOCOLS = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

export type TargetProblem = Exclude<Target, { kind: 'allowed' }>;

/** One use of the gateway: its credentials, and what went through with them. Readable also after `close`. */
export class EgressSession {
  readonly id: string;
  readonly egress: string | null;
  /** For `--proxy`, `HTTP_PROXY` and the like: every program and client gets its way out from this. */
  readonly proxyUrl: string;
  readonly upstream: URL | null;
  private readonly token = randomBytes(24).toString('base64url');
  private readonly problems = new Map<string, TargetProblem>();
  private lastRefusal: EgressRefusedError | null = null;

  constructor(
    readonly use: EgressUse,
    gatewayPort: number,
    private readonly meter: TrafficMeter,
    private readonly onClose: (session: EgressSession) => void,
  ) {
    if (!/^[\w.-]+$/.test(use.id)) throw new Error(`«${use.id}» cannot be the id of an egress session`);
    this.id = use.id;
    this.egress = use.egress?.name ?? null;
    this.upstream = use.egress?.url === undefined ? null : upstreamUrl(use.egress.url);
    this.proxyUrl = `http://${use.id}:${this.token}@127.0.0.1:${gatewayPort}`;
  }

  /** One entry per connection, in order. */
  hosts(): HostTraffic[] {
    return this.meter.hosts();
  }

  get bytesByHost(): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const { host, bytes } of this.hosts()) sums[host] = (sums[host] ?? 0) + bytes;
    return sums;
  }

  /**
   * Why the last refused connection was refused; null when none was. Programs only see a proxy that answers 403, so ask
   * this before taking their word for what happened.
   */
  refused(): string | null {
    return this.lastRefusal?.message ?? null;
  }

  /** What stood in the way of the last connection to a host; undefined when it was let through. */
  problemOf(host: string, port: number): TargetProblem | undefined {
    return this.problems.get(formatHostPort(host, port));
  }

  /** Cuts its connections and ends its credentials. */
  close(): void {
    this.onClose(this);
  }

  accepts(token: string): boolean {
    const [given, own] = [Buffer.from(token), Buffer.from(this.token)];
    return given.length === own.length && timingSafeEqual(given, own);
  }

  /** The family of addresses that can be connected to from the source address. */
  get family(): 4 | 6 | undefined {
    if (this.use.sourceAddress === undefined) return undefined;
    return isIPv6(this.use.sourceAddress) ? 6 : 4;
  }

  recordConnection(connection: number, host: string, port: number, address: string): void {
    this.problems.delete(formatHostPort(host, port));
    this.meter.begin(connection, host, address);
  }

  recordEnd(connection: number, received: number): void {
    this.meter.end(connection, received);
  }

  recordProblem(host: string, port: number, problem: TargetProblem): void {
    this.problems.set(formatHostPort(host, port), problem);
    if (problem.kind === 'refused') this.lastRefusal = new EgressRefusedError(host, problem.address, problem.reason);
  }
}

function upstreamUrl(text: string): URL {
  const url = new URL(text);
  if (UPSTREAM_PROTOCOLS.has(url.protocol)) return url;
  throw new Error(`an upstream proxy cannot be of the kind ${url.protocol}`);
}
