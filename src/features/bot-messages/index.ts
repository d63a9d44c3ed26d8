export { BotMessagesModule } from './bot-messages.module.js';
export type { Catalog } from './catalog.js';
