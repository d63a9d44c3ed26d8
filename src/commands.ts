import { DataSource } from 'typeorm';
import type { Command } from './command.js';
import { auditCredits } from './features/credits/index.js';
import { startFoundation } from './foundation.js';
import { createApp } from './nexus.js';
import type { Migrations } from './platform/database/database.module.js';
import { reencryptSecrets } from './reencrypt-secrets.js';

const commands: Readonly<Record<string, Command>> = {
  'credits audit': auditCredits,
  'secrets reencrypt': reencryptSecrets,
};

interface Asked {
  /** What stands after the program: `['secrets', 'reencrypt']`. */
  words: readonly string[];
  env: Record<string, string | undefined>;
  migrations: Migrations;
  say: (line: string) => void;
}

/**
 * Does one command, or says which there are; afterwards the process is to be ended. The application is put together but
 * not started: no worker, poller, schedule, sandbox or port is. Stores of a service that runs are used, else they run for
 * as long as the command does.
 * @returns the exit code: 0 well, 1 not, 2 no such command
 * @throws ConfigError, and what keeps the command from being done
 */
export async function runCommand({ words, env, migrations, say }: Asked): Promise<number> {
  const name = words.join(' ');
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    const wantsHelp = words.length === 0 || ['help', '--help', '-h'].includes(name);
    if (!wantsHelp) say(`There is no command «${name}»`);
    say(help());
    return wantsHelp ? 0 : 2;
  }
  const foundation = await startFoundation(env, () => undefined);
  try {
    const app = await createApp({ settings: foundation.settings, migrations, sandbox: null });
    try {
      return (await command.run(app, say)) ? 0 : 1;
    } finally {
      // It was never started, so it cannot be stopped: its other connections end with the process.
      app.useLogger(false);
      await app.get(DataSource).destroy();
    }
  } finally {
    await foundation.close();
  }
}

function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return ['npm run nexus -- <command>', '', ...lines].join('\n');
}
