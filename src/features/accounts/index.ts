export { accountsConfig } from './accounts.config.js';
export { accountRemoved } from './accounts.events.js';
export { AccountsModule } from './accounts.module.js';
export { FirstAdmin, type FirstAdminAccount } from './first-admin.js';
export { Quotas, type QuotaName } from './limits/quotas.js';
