export { platformsConfig } from './platforms/platforms.config.js';
export { CredentialsModule } from './credentials.module.js';
