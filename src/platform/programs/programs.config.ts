import { text } from '../config/setting.js';
import { defineConfig, type ConfigOf } from '../config/settings.js';

export const programsConfig = defineConfig('Programs', {
  searchPath: text('PATH', {
    default: '/usr/local/bin:/usr/bin:/bin',
    description: 'Folders where programs are looked for',
  }),
});

export type ProgramsConfig = ConfigOf<typeof programsConfig>;
