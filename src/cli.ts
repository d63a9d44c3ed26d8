import { join } from 'node:path';
import { runCommand } from './commands.js';
import { environment } from './platform/config/environment.js';
import { ConfigError } from './platform/config/settings.js';

/** `npm run nexus -- <command>` */
runCommand({
  words: process.argv.slice(2),
  env: environment(),
  migrations: [join(__dirname, 'migrations', '*.js')],
  say: (line) => process.stdout.write(`${line}\n`),
}).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exit(1);
  },
);
