export { NOTIFICATION_EVENTS, type NotificationEvent, type NotificationParams } from './notification-events.js';
export { NOTIFICATION_WORDS, wordVariables } from './notification-words.js';
export type { Notification } from './notification.entity.js';
export { NotificationsFrontend, type LinkedChat } from './notifications.frontend.js';
export { Notifications, type Notice } from './notifications.js';
export { NotificationsModule } from './notifications.module.js';
export { TelegramLinks } from './telegram/telegram-links.js';
export type { TelegramLink } from './telegram-link.entity.js';
