import { DomainError } from '../../platform/errors/domain-error.js';

export const notificationNotFound = () =>
  new DomainError('notifications.not_found', 'not_found', 'There is no such notification');

export const noLinkingBot = () =>
  new DomainError('notifications.no_bot', 'conflict', 'No bot is set up that could send notifications');

/** Redis or Telegram is out of reach. */
export const linkingUnavailable = (cause?: unknown) =>
  new DomainError(
    'notifications.linking_unavailable',
    'upstream',
    'Chats cannot be linked now, try again in a minute',
    {
      retryable: true,
      cause,
    },
  );
