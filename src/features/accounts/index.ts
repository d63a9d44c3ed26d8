export { accountsConfig } from './accounts.config.js';
export { AccountsModule } from './accounts.module.js';
export { FirstAdmin, type FirstAdminAccount } from './first-admin.js';
