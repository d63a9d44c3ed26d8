import { access, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../../platform/clock/clock.js';
import { ProviderError } from '../../errors/provider-error.js';
import { ytDlpError } from '../../errors/yt-dlp-errors.js';
import type {
  DownloadedMedia,
  DownloadSink,
  MediaFacts,
  Provider,
  ProviderCall,
  ProviderReadiness,
  ProviderTry,
} from '../provider.js';
import { type CommonSettings, downloadArguments, FOLDERS, INFO_FILE, probeArguments } from './arguments.js';
import { DownloadRun } from './download-run.js';
import { readFacts } from './facts.js';
import { FreshInfos } from './fresh-infos.js';
import { inspect, type Installation, type InstallationPaths, type Programs } from './installation.js';
import { type Recovery, recoveryFor } from './recovery.js';
import { StallClock } from '../stall-clock.js';
import { measure, runWatched } from './watched-run.js';

export interface YtDlpOptions extends InstallationPaths {
  /** Where ffmpeg and ffprobe are; null leaves it to the search path. */
  ffmpegDir: string | null;
}

/** The facts of a long video come with all its formats. */
const MAX_FACTS_BYTES = 32 * 1024 * 1024;
/** Containers add to what their streams have. */
const CONTAINER_OVERHEAD = 1.1;
const NICENESS = 10;
const FAILING_SERVER_REST_MS = 2_000;

/** Runs the yt-dlp program: one process for a probe, one for each try of a download. */
export class YtDlpProvider implements Provider {
  readonly name = 'yt-dlp';
  private readonly freshInfos: FreshInfos;
  private installation: Installation | null = null;

  constructor(
    private readonly options: YtDlpOptions,
    private readonly programs: Programs,
    private readonly clock: Clock,
  ) {
    this.freshInfos = new FreshInfos(clock);
  }

  /** Looks again: the program may have been installed, updated or removed while we run. */
  async readiness(): Promise<ProviderReadiness> {
    const { usable, ...said } = await this.inspect();
    return { ready: usable, ...said };
  }

  async probe(call: ProviderCall): Promise<MediaFacts> {
    const settings = await this.settings(call);
    const stallClock = new StallClock(this.clock, call.stallMs);
    const result = await runWatched(
      this.programs,
      {
        file: this.options.file,
        args: probeArguments(settings, call.link.canonicalUrl),
        cwd: call.workDir,
        maxStdoutBytes: MAX_FACTS_BYTES,
        niceness: NICENESS,
      },
      stallClock,
      call.signal,
    );
    if (result.code !== 0) throw ytDlpError(result.stderrTail, call.link.platform);
    const printed = result.stdout ?? '';
    const facts = readFacts(printed);
    this.freshInfos.keep(call, printed);
    return facts;
  }

  async download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    const settings = await this.settings(call);
    const infoFile = join(call.workDir, INFO_FILE);
    const info = this.freshInfos.take(call);
    if (info !== null) await writeFile(infoFile, info);

    const open = new Set<Recovery>(['reextract', 'relax', 'resume']);
    let kind: ProviderTry['kind'] = 'first';
    for (;;) {
      try {
        return await this.downloadOnce(call, settings, sink, !open.has('relax'));
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        const recovery = recoveryFor(error.code);
        if (recovery === null || !open.delete(recovery)) throw error;
        const next = recovery === 'resume' ? 'resume' : 'reextract';
        sink.tried({ kind, errorCode: error.code }, next);
        if (recovery === 'reextract') await forget(infoFile, join(call.workDir, FOLDERS.temporary));
        if (error.code === 'UPSTREAM_5XX') await this.clock.delay(FAILING_SERVER_REST_MS, call.signal);
        kind = next;
      }
    }
  }

  private async downloadOnce(
    call: ProviderCall,
    settings: CommonSettings,
    sink: DownloadSink,
    relaxed: boolean,
  ): Promise<DownloadedMedia> {
    const { workDir, limits, link } = call;
    const infoFile = join(workDir, INFO_FILE);
    const folders = [join(workDir, FOLDERS.out), join(workDir, FOLDERS.temporary)] as const;
    await Promise.all(folders.map((folder) => mkdir(folder, { recursive: true })));
    const stallClock = new StallClock(this.clock, call.stallMs, () => measure([...folders]));
    const run = new DownloadRun(this.clock, stallClock, sink, limits);
    const source = (await exists(infoFile)) ? { infoFile } : { url: link.canonicalUrl };
    const result = await runWatched(
      this.programs,
      {
        file: this.options.file,
        args: downloadArguments({ ...settings, source, workDir, relaxed }),
        cwd: workDir,
        onLine: (stream, line) => {
          if (stream === 'stdout') run.hear(line);
        },
        niceness: NICENESS,
        maxFileBytes: Math.ceil(limits.maxBytes * CONTAINER_OVERHEAD),
      },
      stallClock,
      call.signal,
    );
    if (result.code !== 0) throw ytDlpError(result.stderrTail, link.platform);
    return run.result(folders[0]);
  }

  private async inspect(): Promise<Installation> {
    this.installation = await inspect(this.programs, this.options);
    return this.installation;
  }

  private async settings({ link, proxyUrl, limits }: ProviderCall): Promise<CommonSettings> {
    const installation = this.installation ?? (await this.inspect());
    if (!installation.usable) throw new ProviderError('CONFIG', installation.reason);
    const { version, platforms, reason } = installation;
    if (platforms && !platforms.includes(link.platform)) {
      throw new ProviderError('CONFIG', reason ?? `yt-dlp does not serve ${link.platform}`);
    }
    const { denoPath, cacheDir, ffmpegDir } = this.options;
    return { version, platform: link.platform, proxyUrl, cacheDir, denoPath, ffmpegDir, limits };
  }
}

/** What a page said before must not be mixed with what it says now, nor must the parts of its files. */
async function forget(infoFile: string, partsFolder: string): Promise<void> {
  await rm(infoFile, { force: true });
  await rm(partsFolder, { recursive: true, force: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
