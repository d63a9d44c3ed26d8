import type { ProcessConfig } from '../../platform/config/process.config.js';
import { addressRefusal, literalAddress } from '../../platform/egress/address-guard.js';

/** Where providers reach this service from outside, without a slash at the end; null when they cannot. */
export function publicBase({ publicBaseUrl }: Pick<ProcessConfig, 'publicBaseUrl'>): string | null {
  if (publicBaseUrl === undefined) return null;
  const { protocol, hostname } = new URL(publicBaseUrl);
  return protocol === 'https:' && isOutside(hostname) ? publicBaseUrl.replace(/\/+$/, '') : null;
}

function isOutside(host: string): boolean {
  const address = literalAddress(host);
  if (address !== null) return addressRefusal(address) === null;
  return !/^(.+\.)?localhost\.?$/i.test(host);
}
