export { EgressRefusedError } from './egress-errors.js';
export { EgressGateway, type EgressGatewayOptions } from './egress-gateway.js';
export type { EgressSession, EgressUse } from './egress-session.js';
export type { Lookup } from './target-guard.js';
export type { HostTraffic } from './traffic-meter.js';
