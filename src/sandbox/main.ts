import { parseArgs } from 'node:util';
import { startSandbox, type SandboxBot } from './index.js';

const USAGE = `The sandbox as a process of its own.

  node dist/sandbox/main.js [options]

  --data-dir DIR              where its state is kept (default .nexus)
  --host ADDRESS              a loopback address (default 127.0.0.1)
  --port N                    of the Bot API and the control API (default 3001)
  --media-port N              of the media site (default 3002)
  --bot TOKEN:USERNAME:NAME   may be repeated; TOKEN is ID:SECRET
  --ffmpeg PATH               for the samples (default: the one on PATH)
`;

const { values } = parseArgs({
  options: {
    'data-dir': { type: 'string', default: '.nexus' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '3001' },
    'media-port': { type: 'string', default: '3002' },
    bot: { type: 'string', multiple: true, default: [] },
    ffmpeg: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function parseBot(text: string): SandboxBot {
  const [id, secret, username, ...name] = text.split(':');
  if (!id || !secret || !username || name.length === 0)
    throw new Error(`--bot wants ID:SECRET:USERNAME:NAME, not ${text}`);
  return { token: `${id}:${secret}`, username, name: name.join(':') };
}

async function main(): Promise<void> {
  if (values.help) {
    print(USAGE);
    return;
  }
  const sandbox = await startSandbox({
    host: values.host,
    port: Number(values.port),
    mediaPort: Number(values['media-port']),
    dataDir: values['data-dir'],
    bots: values.bot.map(parseBot),
    ffmpegPath: values.ffmpeg,
    log: print,
  });
  if (!sandbox.owner) {
    print(`Already running on ${sandbox.apiRoot}`);
    return;
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      sandbox.close().catch(fail);
    });
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

main().catch(fail);
