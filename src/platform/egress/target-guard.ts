import { lookup as resolve } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import { addressRefusal, literalAddress } from './address-guard.js';
import { HostPortSet } from './host-port.js';

/** All addresses of a name. @throws an error with a `code` when there are none */
export type Lookup = (host: string) => Promise<{ address: string }[]>;

export type Target =
  | { kind: 'allowed'; address: string }
  | { kind: 'refused'; address: string; reason: string }
  /** `code` is the resolver's, e.g. `ENOTFOUND`. */
  | { kind: 'unresolved'; code: string };

export interface TargetGuardOptions {
  /** `host:port` that are allowed all the same, as written in a link or as resolved. */
  allowedPrivateHosts: readonly string[];
  lookup?: Lookup;
}

const systemLookup: Lookup = (host) => resolve(host, { all: true, verbatim: true });

/** Decides which address a connection goes to, once: whoever connects to another one has not asked. */
export class TargetGuard {
  private readonly exceptions: HostPortSet;
  private readonly lookup: Lookup;

  constructor({ allowedPrivateHosts, lookup = systemLookup }: TargetGuardOptions) {
    this.exceptions = new HostPortSet(allowedPrivateHosts);
    this.lookup = lookup;
  }

  /** @param family the only one that can be connected to, if there is one */
  async target(host: string, port: number, family?: 4 | 6): Promise<Target> {
    const found = await this.addressesOf(host);
    if (typeof found === 'string') return { kind: 'unresolved', code: found };
    if (!this.exceptions.has(host, port)) {
      for (const address of found) {
        const reason = addressRefusal(address);
        // A name with a public and a private address is no honest name: it is refused as a whole.
        if (reason !== null && !this.exceptions.has(address, port)) return { kind: 'refused', address, reason };
      }
    }
    const address = choose(found, family);
    return address === undefined ? { kind: 'unresolved', code: 'EADDRNOTAVAIL' } : { kind: 'allowed', address };
  }

  /** Addresses in their normal spelling, or the code of the resolver's error. */
  private async addressesOf(host: string): Promise<string[] | string> {
    const literal = literalAddress(host);
    if (literal !== null) return [literal];
    try {
      const answers = await this.lookup(host);
      return answers.flatMap(({ address }) => literalAddress(address) ?? []);
    } catch (error) {
      return (error as NodeJS.ErrnoException).code ?? 'ENOTFOUND';
    }
  }
}

/** Only one address is tried, so it is the one that works on more machines: IPv4 where there is a choice. */
function choose(addresses: string[], family?: 4 | 6): string | undefined {
  const ofFamily = (wanted: 4 | 6): string | undefined =>
    addresses.find((address) => isIPv6(address) === (wanted === 6));
  return family === undefined ? (ofFamily(4) ?? ofFamily(6)) : ofFamily(family);
}
