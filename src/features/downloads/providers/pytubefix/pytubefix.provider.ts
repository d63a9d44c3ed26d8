import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../../platform/clock/clock.js';
import type { ProgramResult } from '../../../../platform/programs/program.js';
import { ProgramStartError } from '../../../../platform/programs/program.js';
import { ProviderError } from '../../errors/provider-error.js';
import type { Platform } from '../../links/media-link.js';
import { CONTAINER_OVERHEAD, NICENESS, type Programs } from '../program/programs.js';
import { type Recovery, withRecoveries } from '../program/recovery.js';
import { measure, runWatched } from '../program/watched-run.js';
import type {
  DownloadedMedia,
  DownloadSink,
  MediaFacts,
  Provider,
  ProviderCall,
  ProviderReadiness,
} from '../provider.js';
import { StallClock } from '../stall-clock.js';
import { wishedHeight } from '../wished-height.js';
import { parseLine } from './line-protocol.js';
import { RunnerRun } from './runner-run.js';

export interface PytubefixOptions {
  /** Python that has pytubefix: a path, or a name on the search path. */
  python: string;
  /** A path; null: streams of picture and sound alone cannot be put together. */
  ffmpeg: string | null;
  /** An own folder, made when it is missing. */
  cacheDir: string;
}

/** Beside this file, also when it is built. */
const RUNNER = join(__dirname, 'runner.py');
const PLATFORMS: readonly Platform[] = ['youtube', 'youtube_shorts'];
const SELF_TEST_MS = 30_000;
const MAX_ANSWER_BYTES = 4_096;

/** The runner's folder belongs to the service. */
const ENVIRONMENT = { PYTHONDONTWRITEBYTECODE: '1' };

/** Under the attempt's folder. */
const REQUEST_FILE = 'pytubefix.json';
const FOLDERS = { out: 'out', temporary: 'tmp' } as const;

/** Runs pytubefix, a library for Python, through `runner.py`: one process for a probe, one for each try of a download. */
export class PytubefixProvider implements Provider {
  readonly name = 'pytubefix';
  readonly kind = 'local';

  constructor(
    private readonly options: PytubefixOptions,
    private readonly programs: Programs,
    private readonly clock: Clock,
  ) {}

  /** Looks again: it may have been installed, updated or removed while we run. */
  async readiness(): Promise<ProviderReadiness> {
    const { cacheDir, python } = this.options;
    try {
      await mkdir(cacheDir, { recursive: true });
    } catch {
      return { ready: false, reason: 'the folder for its self-test cannot be made' };
    }
    try {
      const result = await this.programs.run({
        file: python,
        args: [RUNNER, '--check'],
        cwd: cacheDir,
        env: ENVIRONMENT,
        timeoutMs: SELF_TEST_MS,
        maxStdoutBytes: MAX_ANSWER_BYTES,
      });
      return this.judge(result);
    } catch (error) {
      if (error instanceof ProgramStartError) return { ready: false, reason: 'there is no Python' };
      throw error;
    }
  }

  async probe(call: ProviderCall): Promise<MediaFacts> {
    const stallClock = new StallClock(this.clock, call.stallMs);
    const run = new RunnerRun(this.clock, stallClock, call);
    return run.facts(await this.run('probe', call, run, stallClock));
  }

  download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    const { signal } = call;
    const prepare = async (recovery: Recovery) => {
      if (recovery === 'reextract') await rm(folderOf(call, 'temporary'), { recursive: true, force: true });
    };
    return withRecoveries({ sink, clock: this.clock, signal, recoveries: ['reextract', 'resume'], prepare }, () =>
      this.downloadOnce(call, sink),
    );
  }

  private async downloadOnce(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    const folders = [folderOf(call, 'out'), folderOf(call, 'temporary')];
    const stallClock = new StallClock(this.clock, call.stallMs, () => measure(folders));
    const run = new RunnerRun(this.clock, stallClock, call, (progress) => {
      sink.progress(progress);
    });
    return run.media(await this.run('download', call, run, stallClock), folderOf(call, 'out'));
  }

  private async run(
    task: 'probe' | 'download',
    call: ProviderCall,
    run: RunnerRun,
    stallClock: StallClock,
  ): Promise<ProgramResult> {
    const { workDir, proxyUrl, limits, signal } = call;
    const requestFile = join(workDir, REQUEST_FILE);
    await Promise.all([
      ...[folderOf(call, 'out'), folderOf(call, 'temporary')].map((folder) => mkdir(folder, { recursive: true })),
      // It has the way out's credentials.
      writeFile(requestFile, JSON.stringify(this.requestOf(task, call)), { mode: 0o600 }),
    ]);
    const request = {
      file: this.options.python,
      args: [RUNNER, '--request', requestFile],
      cwd: workDir,
      // pytubefix starts Node for the platform's scripts: it must not find another way out either.
      env: { ...ENVIRONMENT, HTTP_PROXY: proxyUrl, HTTPS_PROXY: proxyUrl, NODE_USE_ENV_PROXY: '1' },
      onLine: (stream: 'stdout' | 'stderr', line: string) => {
        if (stream === 'stdout') run.hear(line);
      },
      niceness: NICENESS,
      maxFileBytes: Math.ceil(limits.maxBytes * CONTAINER_OVERHEAD),
    };
    return runWatched(this.programs, request, stallClock, signal);
  }

  private requestOf(task: 'probe' | 'download', call: ProviderCall): Record<string, unknown> {
    return {
      task,
      url: call.link.canonicalUrl,
      proxy: call.proxyUrl,
      quality: wishedHeight(call.wish),
      kind: call.wish.kind,
      maxBytes: call.limits.maxBytes,
      out: folderOf(call, 'out'),
      temporary: folderOf(call, 'temporary'),
      ffmpeg: this.options.ffmpeg,
    };
  }

  private judge({ code, stdout = '', stderrTail }: ProgramResult): ProviderReadiness {
    const said = stdout.split('\n').map(parseLine);
    const ready = said.find((line) => line?.event === 'ready');
    if (ready?.event === 'ready' && code === 0) return this.withLacks(ready.version);
    const failure = said.find((line) => line?.event === 'error');
    if (failure?.event === 'error') return { ready: false, reason: `pytubefix: ${failure.message}` };
    const words = stderrTail.trim().split('\n').at(-1) ?? '';
    return { ready: false, reason: `Python cannot run pytubefix: ${new ProviderError('CONFIG', words).message}` };
  }

  private withLacks(version: string): ProviderReadiness {
    const reason = this.options.ffmpeg === null ? 'without ffmpeg it fetches small videos only' : undefined;
    return { ready: true, version, platforms: PLATFORMS, reason };
  }
}

function folderOf({ workDir }: ProviderCall, kind: keyof typeof FOLDERS): string {
  return join(workDir, FOLDERS[kind]);
}
