import type { EgressEndpoint } from '../../routing/egress-endpoint.entity.js';

export const EGRESS_HEALTH = ['healthy', 'degraded', 'down'] as const;
export type EgressHealth = (typeof EGRESS_HEALTH)[number];

/** An endpoint as it may be shown: without its credentials. */
export type ShownEndpoint = Omit<EgressEndpoint, 'url'> & { urlMasked: string; health: EgressHealth };
