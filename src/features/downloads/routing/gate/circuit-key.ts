import type { DurationBucket } from '../duration-bucket.js';
import type { Family } from './gate-question.js';

/** The whole provider, whatever is asked of it. */
export const providerCircuit = (provider: string): string => `p:${provider}`;

export const bucketCircuit = (provider: string, family: Family, bucket: DurationBucket): string =>
  `p:${provider}:${family}:${bucket}`;

/** The whole way out, whatever is behind it. */
export const egressCircuit = (egress: string): string => `e:${egress}`;

export const egressFamilyCircuit = (egress: string, family: Family): string => `e:${egress}:${family}`;

/** All that let an attempt through to a provider. */
export const circuitsOfProvider = (provider: string, family: Family, bucket: DurationBucket): string[] => [
  providerCircuit(provider),
  bucketCircuit(provider, family, bucket),
];

/** All that let an attempt out by a way. */
export const circuitsOfEgress = (egress: string, family: Family): string[] => [
  egressCircuit(egress),
  egressFamilyCircuit(egress, family),
];

/** @returns null for a circuit of a way out */
export function providerOf(circuit: string): string | null {
  const [kind, name = null] = circuit.split(':');
  return kind === 'p' ? name : null;
}
