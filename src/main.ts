import { once } from 'node:events';
import { join } from 'node:path';
import { Logger } from 'nestjs-pino';
import { banner } from './banner.js';
import { startNexus, type Nexus } from './nexus.js';
import { ConfigError } from './platform/config/settings.js';
import { environment } from './platform/config/environment.js';

/** A drain that takes longer than this is cut short: what it was doing is taken up again at the next start. */
const DRAIN_MS = 25_000;

async function main(): Promise<void> {
  // Also while it starts: what stands already must not stay behind.
  const stopping = stopAsked();
  const nexus = await start(stopping);
  if (!nexus) return;
  say(banner(nexus));
  await once(stopping, 'abort');
  await nexus.close();
}

/** @returns null when it was asked to stop before it stood */
async function start(signal: AbortSignal): Promise<Nexus | null> {
  const notes: string[] = [];
  let hear = (line: string): void => {
    notes.push(line);
  };
  const log = (line: string) => {
    hear(line);
  };
  const migrations = [join(__dirname, 'migrations', '*.js')];
  try {
    const nexus = await startNexus({ env: environment(), migrations, log, signal });
    const logger = nexus.app.get(Logger);
    hear = (line) => {
      logger.log(line, 'Stores');
    };
    return nexus;
  } catch (error) {
    if (signal.aborted) return null;
    // What the stores have said on their way down may be the reason.
    for (const note of notes) say(note);
    throw error;
  }
}

/** Aborted at the first SIGTERM or SIGINT; a second one, or a drain without an end, ends the process at once. */
function stopAsked(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      say(`${signal}: finishing what is being done …`);
      setTimeout(() => process.exit(1), DRAIN_MS).unref();
      stopping.abort(new Error(`Asked to stop by ${signal}`));
    });
  }
  return stopping.signal;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
    );
    process.exit(1);
  },
);
