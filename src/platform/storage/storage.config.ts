import { setting } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';
import { fileURLToPath } from 'node:url';

export const storageConfig = defineConfig('Files', {
  folder: setting<string>(
    'STORAGE_URL',
    { expects: 'file:///folder', parse: (raw) => fileURLToPath(raw), print: String },
    { whenUnset: 'storage under DATA_DIR', description: 'Where files are kept that outlive a process' },
  ),
});

export type StorageConfig = ConfigOf<typeof storageConfig>;
