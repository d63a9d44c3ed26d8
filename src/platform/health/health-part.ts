import { DiscoveryService } from '@nestjs/core';

export type PartStatus = 'ok' | 'degraded' | 'unavailable';

export interface PartState {
  status: PartStatus;
  /** Why it is not ok. Anybody may read it: no addresses, no secrets. */
  reason?: string;
  version?: string;
}

/** A part of the service that can tell how it is. A check that throws or takes over 2 s counts as unavailable. */
export interface HealthPart {
  readonly name: string;
  check(): Promise<PartState>;
}

/** Makes a provider that implements HealthPart part of the health report. */
export const ReportsHealth = DiscoveryService.createDecorator();
