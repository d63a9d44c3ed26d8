import { join } from 'node:path';
import { Logger } from 'nestjs-pino';
import { banner } from './banner.js';
import { startNexus, type Nexus } from './nexus.js';
import { ConfigError } from './platform/config/settings.js';
import { environment } from './platform/config/environment.js';

/** A drain that takes longer than this is cut short: what it was doing is taken up again at the next start. */
const DRAIN_MS = 25_000;

async function main(): Promise<void> {
  const notes: string[] = [];
  let hear = (line: string): void => {
    notes.push(line);
  };
  const nexus = await startNexus(environment(), [join(__dirname, 'migrations', '*.js')], (line) => {
    hear(line);
  }).catch((error: unknown) => {
    // What the stores have said on their way down may be the reason.
    for (const note of notes) say(note);
    throw error;
  });
  const logger = nexus.app.get(Logger);
  hear = (line) => {
    logger.log(line, 'Stores');
  };
  say(banner(nexus));
  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      void stop(nexus, signal);
    });
  }
}

async function stop(nexus: Nexus, signal: string): Promise<void> {
  say(`${signal}: finishing what is being done …`);
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  try {
    await nexus.close();
    process.exit(0);
  } catch (error) {
    say(String(error));
    process.exit(1);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
