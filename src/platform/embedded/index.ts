export { startEmbeddedStores, type EmbeddedOptions, type EmbeddedStores } from './embedded-stores.js';
