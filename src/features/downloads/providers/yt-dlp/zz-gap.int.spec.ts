import { mkdtemp, rm, readFile, appendFile, readdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SystemClock } from '../../../../platform/clock/clock.js';
import { installedTools } from '../../../../platform/programs/installed-tools.js';
import { ProgramRunner } from '../../../../platform/programs/program-runner.js';
import { createMediaSite } from '../../../../sandbox/media-site/media-site.js';
import { ProviderWorld, RecordingSink } from '../testing/provider-world.js';
import { YtDlpProvider } from './yt-dlp.provider.js';
const searchPath = process.env.PATH ?? '';
const tools = installedTools(join(process.cwd(), '.nexus'));
it('gap', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gap-'));
  const { app } = createMediaSite({
    folder,
    ffmpegPath: '/usr/bin/ffmpeg',
    clock: new SystemClock(),
    log: () => undefined,
  });
  const server: Server = await new Promise((r) => {
    const s: Server = app.listen(0, '127.0.0.1', () => r(s));
  });
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const world = await ProviderWorld.create(new URL(site).host);
  const one = async (n: number) => {
    const log: unknown[] = [];
    const runner = new ProgramRunner({ searchPath });
    const programs = {
      run: async (q: Parameters<ProgramRunner['run']>[0]) => {
        const lines: string[] = [];
        const r = await runner.run({
          ...q,
          onLine: (s, l) => {
            lines.push(s[3] + ' ' + l.slice(0, 160));
            q.onLine?.(s, l);
          },
        });
        const files = await readdir(join(q.cwd, 'tmp')).catch(() => []);
        const state = await Promise.all(
          files.filter((f) => f.endsWith('.ytdl')).map((f) => readFile(join(q.cwd, 'tmp', f), 'utf8')),
        );
        log.push({ code: r.code, tail: lines.slice(-14), files, state });
        return r;
      },
    };
    const provider = new YtDlpProvider(
      { file: tools.ytdlp!, denoPath: tools.deno ?? null, ffmpegDir: '/usr/bin', cacheDir: join(folder, 'c' + n) },
      programs,
      new SystemClock(),
    );
    const sink = new RecordingSink();
    const call = await world.call(`${site}/hls/gap.m3u8`);
    const out = await provider.download(call, sink).then(
      (m) => `RESOLVED ${m.bytes}`,
      (e: Error & { code?: string }) => `${e.code} ${e.message}`,
    );
    await appendFile('/tmp/gap.jsonl', JSON.stringify({ out, tries: sink.tries, log: log.slice(2) }) + '\n');
  };
  for (let i = 0; i < 8; i++) await Promise.all([0, 1, 2, 3].map((k) => one(i * 4 + k)));
  await world.destroy();
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
}, 400_000);
