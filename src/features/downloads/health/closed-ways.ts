import { classOf, type ErrorClass, type ErrorCode } from '../errors/error-codes.js';
import type { DurationBucket } from '../routing/duration-bucket.js';
import { bucketCircuit, egressCircuit, egressFamilyCircuit, providerCircuit } from '../routing/gate/circuit-key.js';
import type { Circuit } from '../routing/gate/circuits.js';
import type { Family } from '../routing/gate/gate-question.js';

const BUCKETS: readonly DurationBucket[] = ['shorts', 'medium', 'long'];

/** What of a circuit matters here; one that is closed is not listed. */
export type ListedCircuit = Pick<Circuit, 'key' | 'state' | 'reason'>;

/** What of a provider its circuits depend on. */
export interface ProviderWays {
  name: string;
  families: readonly Family[];
  egresses: readonly string[];
  /** False for APIs: they reach the platform from elsewhere. */
  obeysEgressCircuits: boolean;
}

/** Which ways to a platform are closed at the moment. One that is half open lets a probe through: it is not closed. */
export class ClosedWays {
  private readonly open: ReadonlyMap<string, ErrorCode>;
  private readonly listed: ReadonlySet<string>;

  constructor(circuits: readonly ListedCircuit[]) {
    this.listed = new Set(circuits.map(({ key }) => key));
    this.open = new Map(circuits.filter(({ state }) => state === 'open').map(({ key, reason }) => [key, reason]));
  }

  /**
   * Why nothing goes to the provider until a test has passed: its key, its quota or its program is the trouble.
   * @returns the code of the error; null: it is not so
   */
  shutOffBy({ name }: Pick<ProviderWays, 'name'>): ErrorCode | null {
    return this.open.get(providerCircuit(name)) ?? null;
  }

  /** The code of an error of this class that has opened a circuit of the provider; null: there is none. */
  openedBy(provider: ProviderWays, errorClass: ErrorClass): ErrorCode | null {
    const codes = circuitsOf(provider).map((key) => this.open.get(key));
    return codes.find((code) => code !== undefined && classOf(code) === errorClass) ?? null;
  }

  isClosed(provider: ProviderWays, family: Family, bucket: DurationBucket): boolean {
    return (
      this.shutOffBy(provider) !== null ||
      this.open.has(bucketCircuit(provider.name, family, bucket)) ||
      this.isCutOff(provider, family)
    );
  }

  /** Whether nothing of the platform, however long, can be asked of the provider. */
  isFamilyClosed(provider: ProviderWays, family: Family): boolean {
    return BUCKETS.every((bucket) => this.isClosed(provider, family, bucket));
  }

  /** Whether any circuit is not closed that the provider's work depends on. */
  touches(provider: ProviderWays): boolean {
    return circuitsOf(provider).some((key) => this.listed.has(key));
  }

  /** Whether none of its ways out may be taken. */
  private isCutOff({ obeysEgressCircuits, egresses }: ProviderWays, family: Family): boolean {
    if (!obeysEgressCircuits || family === 'direct') return false;
    return egresses.every((egress) => egressCircuits(egress, family).some((key) => this.open.has(key)));
  }
}

/** Keys of all circuits that the provider's work depends on. */
export function circuitsOf({ name, families, egresses, obeysEgressCircuits }: ProviderWays): string[] {
  const own = families.flatMap((family) => BUCKETS.map((bucket) => bucketCircuit(name, family, bucket)));
  // Behind `direct` is any host: no way out is closed for it.
  const cared = obeysEgressCircuits ? families.filter((family) => family !== 'direct') : [];
  const shared = egresses.flatMap((egress) => cared.flatMap((family) => egressCircuits(egress, family)));
  return [providerCircuit(name), ...own, ...shared];
}

function egressCircuits(egress: string, family: Family): string[] {
  return [egressCircuit(egress), egressFamilyCircuit(egress, family)];
}
