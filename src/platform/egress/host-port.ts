import { isIPv6 } from 'node:net';
import { literalAddress } from './address-guard.js';

/** `1.2.3.4:80`, `[::1]:80`. */
export function formatHostPort(host: string, port: number): string {
  return `${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

/** A set of `host:port`, where a host may be a name or an address in any spelling. */
export class HostPortSet {
  private readonly keys: ReadonlySet<string>;

  /** @throws Error when one of them is not `host:port` */
  constructor(entries: readonly string[]) {
    this.keys = new Set(entries.map(parse));
  }

  has(host: string, port: number): boolean {
    return this.keys.has(keyOf(host, port));
  }
}

function parse(entry: string): string {
  const [, host, port] = /^(.+):(\d+)$/.exec(entry) ?? [];
  if (host === undefined || port === undefined) throw new Error(`«${entry}» is not host:port`);
  return keyOf(host, Number(port));
}

function keyOf(host: string, port: number): string {
  return formatHostPort(literalAddress(host) ?? host.toLowerCase(), port);
}
