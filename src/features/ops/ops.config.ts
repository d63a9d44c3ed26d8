import { integers, number, text, timezone } from '../../platform/config/setting.js';
import { defineConfig, type ConfigOf } from '../../platform/config/settings.js';

export const opsConfig = defineConfig('Operator', {
  timezone: timezone('OPERATOR_TIMEZONE', {
    default: 'Europe/Moscow',
    description: 'Whose calendar days count: budgets, «today», charts',
  }),
  adminChatIds: integers('ADMIN_CHAT_IDS', {
    default: [],
    description: 'Chats that alerts are sent to, and where their buttons work',
  }),
  adminBot: text('ADMIN_BOT', {
    whenUnset: 'the first that is configured',
    description: 'Name of the bot that sends alerts',
  }),
  keepAlertsDays: number('KEEP_ALERTS', { default: 365, description: 'Days that alerts are kept' }),
});
export type OpsConfig = ConfigOf<typeof opsConfig>;

/** Days that errors are kept. */
export const KEEP_ERRORS_DAYS = 90;
