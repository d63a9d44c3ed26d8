export { BotMessagesModule } from './bot-messages.module.js';
export { escapeHtml, plainText } from './fill.js';
export type { Catalog } from './catalog.js';
