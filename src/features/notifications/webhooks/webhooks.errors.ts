import { DomainError } from '../../../platform/errors/domain-error.js';

export const webhookNotFound = () => new DomainError('webhooks.not_found', 'not_found', 'There is no such webhook');

export const deliveryNotFound = () =>
  new DomainError('webhooks.delivery_not_found', 'not_found', 'There is no such delivery');

export const tooManyWebhooks = (limit: number) =>
  new DomainError('webhooks.too_many', 'conflict', `An account has ${limit} webhooks at most`);

export const webhookInactive = () =>
  new DomainError('webhooks.inactive', 'conflict', 'This webhook is switched off: switch it on first');

export const deliveryPending = () =>
  new DomainError('webhooks.delivery_pending', 'conflict', 'This delivery is still being tried');

export const tooManyTests = (retryAfterSec: number) =>
  new DomainError('webhooks.too_many_tests', 'limit', 'Too many tests of webhooks', {
    context: { retryAfterSec },
    retryable: true,
  });
