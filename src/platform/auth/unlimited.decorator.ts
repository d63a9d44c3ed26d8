import { SetMetadata } from '@nestjs/common';

export const UNLIMITED = Symbol('unlimited');

/** Exempt from the general rate limit: probes, and webhooks whose senders all come from a few addresses. */
export const Unlimited = () => SetMetadata(UNLIMITED, true);
