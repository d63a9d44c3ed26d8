import { escapeHtml, type Catalog } from '../../features/bot-messages/index.js';
import { NOTIFICATION_EVENTS, NOTIFICATION_WORDS } from '../../features/notifications/index.js';

const notifications: Catalog = Object.fromEntries(
  NOTIFICATION_EVENTS.map((event) => {
    const { en, ru } = NOTIFICATION_WORDS[event];
    return [`notification.${event}`, { en: escapeHtml(en), ru: escapeHtml(ru) }];
  }),
);

/** What is said to the owner of an account, by any bot. A notification is `notification.{event}`; it knows its params. */
export const ownerTexts: Catalog = {
  ...notifications,
  'owner.linked': {
    en: '🔔 This chat is linked with your account. What needs you will be told here. /unlink ends that.',
    ru: '🔔 Чат связан с вашим аккаунтом. Сюда будут приходить уведомления. Отключить их можно командой /unlink.',
  },
  'owner.code_unknown': {
    en: 'This link was used already, or is older than 10 minutes. Ask for a new one in the panel, under Notifications.',
    ru: 'Эта ссылка уже использована или старше 10 минут. Получите новую в панели, раздел «Уведомления».',
  },
  'owner.private_only': {
    en: 'Notifications come to private chats only. Ask for a new link in the panel, and open it in a chat with me alone.',
    ru: 'Уведомления приходят только в личные чаты. Получите новую ссылку в панели и откройте её в личном чате со мной.',
  },
  'owner.unlinked': {
    en: '🔕 This chat is not linked with your account any more: no notifications will come here.',
    ru: '🔕 Чат больше не связан с вашим аккаунтом: уведомления сюда не придут.',
  },
  'owner.not_linked': {
    en: 'No account is linked with you. A link that does it is in the panel, under Notifications.',
    ru: 'С вами не связан ни один аккаунт. Ссылка для этого есть в панели, раздел «Уведомления».',
  },
  'error.notifications.linking_unavailable': {
    en: 'I cannot link chats at this moment. Please open the link again in a minute.',
    ru: 'Сейчас не получается связать чат. Откройте ссылку ещё раз через минуту.',
  },
};
