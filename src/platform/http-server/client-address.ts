import type { Request } from 'express';
import { isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Whom a limit counts when nobody has signed in: the IPv4 address, or the /64 network of an IPv6 one, because a single
 * household or server may use any address of its /64.
 */
export function clientAddress(request: Request): string {
  return addressGroup(request.ip ?? 'unknown');
}

export function addressGroup(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const address = ipaddr.IPv6.parse(ip);
  if (address.isIPv4MappedAddress()) return address.toIPv4Address().toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${ip.split('%')[0] ?? ip}/64`).toString()}/64`;
}
