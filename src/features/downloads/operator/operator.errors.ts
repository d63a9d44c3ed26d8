import { DomainError } from '../../../platform/errors/domain-error.js';

export const providerNotFound = () =>
  new DomainError('routing.provider_not_found', 'not_found', 'There is no such provider');

export const providerNameTaken = (name: string) =>
  new DomainError('routing.provider_name_taken', 'conflict', `There is a provider called ${name} already`);

export const providerInUse = (name: string) =>
  new DomainError('routing.provider_in_use', 'conflict', `A routing rule has ${name} in its chain`);

export const unknownAdapter = (adapter: string) =>
  new DomainError('routing.unknown_adapter', 'invalid', `There is no adapter called ${adapter}`);

export const unknownProviders = (names: string[]) =>
  new DomainError('routing.unknown_provider', 'invalid', `There is no provider called ${names.join(', ')}`);

export const unknownEgress = (names: string[]) =>
  new DomainError('routing.unknown_egress', 'invalid', `There is no egress endpoint called ${names.join(', ')}`);

export const testUrlRequired = () =>
  new DomainError('routing.test_url_required', 'invalid', 'This provider can only be tested with a link');

export const egressEndpointNotFound = () =>
  new DomainError('routing.egress_endpoint_not_found', 'not_found', 'There is no such egress endpoint');

export const egressNameTaken = (name: string) =>
  new DomainError('routing.egress_name_taken', 'conflict', `There is an egress endpoint called ${name} already`);

export const egressInUse = (name: string, providers: string[]) =>
  new DomainError('routing.egress_in_use', 'conflict', `${name} is used by ${providers.join(', ')}`);

export const ruleNotFound = () =>
  new DomainError('routing.rule_not_found', 'not_found', 'There is no such routing rule');

export const emptyChain = () =>
  new DomainError('routing.empty_chain', 'invalid', 'A rule needs at least one provider in its chain');

export const repeatedProvider = () =>
  new DomainError('routing.repeated_provider', 'invalid', 'A provider can be in a chain only once');

export const emptyDurationRange = () =>
  new DomainError('routing.empty_duration_range', 'invalid', 'durationMinSec must be less than durationMaxSec');

export const incompleteOrder = () =>
  new DomainError('routing.incomplete_order', 'invalid', 'The order must have every rule exactly once');

export const linkUnsupported = () =>
  new DomainError('downloads.link_unsupported', 'invalid', 'This link cannot be opened');

export const circuitNotFound = () =>
  new DomainError('routing.circuit_not_found', 'not_found', 'There is no such circuit, or it is closed');

export const requestNotFound = () =>
  new DomainError('downloads.request_not_found', 'not_found', 'There is no such download');
