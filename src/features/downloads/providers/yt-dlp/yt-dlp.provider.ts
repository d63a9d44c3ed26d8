import { access, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
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
} from '../provider.js';
import { type CommonSettings, downloadArguments, FOLDERS, INFO_FILE, probeArguments } from './arguments.js';
import { DownloadRun } from './download-run.js';
import { readFacts } from './facts.js';
import { FreshInfos } from './fresh-infos.js';
import { inspect, type Installation, type InstallationPaths } from './installation.js';
import { CONTAINER_OVERHEAD, NICENESS, type Programs } from '../program/programs.js';
import { type Recovery, withRecoveries } from '../program/recovery.js';
import { measure, runWatched } from '../program/watched-run.js';
import { StallClock } from '../stall-clock.js';

/** The facts of a long video come with all its formats. */
const MAX_FACTS_BYTES = 32 * 1024 * 1024;

/** Runs the yt-dlp program: one process for a probe, one for each try of a download. */
export class YtDlpProvider implements Provider {
  readonly name = 'yt-dlp';
  readonly kind = 'local';
  private readonly freshInfos: FreshInfos;
  private installation: Installation | null = null;

  constructor(
    private readonly options: InstallationPaths,
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

    const { signal } = call;
    return withRecoveries(
      {
        sink,
        clock: this.clock,
        signal,
        recoveries: ['reextract', 'relax', 'resume'],
        prepare: (recovery) => prepare(recovery, infoFile, join(call.workDir, FOLDERS.temporary)),
      },
      (used) => this.downloadOnce(call, settings, sink, used.has('relax')),
    );
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

  private async settings({ link, proxyUrl, limits, wish }: ProviderCall): Promise<CommonSettings> {
    const installation = this.installation ?? (await this.inspect());
    if (!installation.usable) throw new ProviderError('CONFIG', installation.reason);
    const { version, platforms, reason } = installation;
    if (platforms && !platforms.includes(link.platform)) {
      throw new ProviderError('CONFIG', reason ?? `yt-dlp does not serve ${link.platform}`);
    }
    const { denoPath, cacheDir, ffmpegDir } = this.options;
    return { version, platform: link.platform, proxyUrl, cacheDir, denoPath, ffmpegDir, limits, wish };
  }
}

/**
 * What a page said before must not be mixed with what it says now, nor must the parts of its files. And of a medium in
 * fragments nothing can be gone on with: yt-dlp, which fetches several at once, notes down how many have come, not which
 * ones, and would leave out a lost one and call it a success.
 */
async function prepare(recovery: Recovery, infoFile: string, partsFolder: string): Promise<void> {
  if (recovery === 'reextract') await rm(infoFile, { force: true });
  if (recovery === 'reextract' || (await isInFragments(partsFolder))) {
    await rm(partsFolder, { recursive: true, force: true });
  }
}

async function isInFragments(partsFolder: string): Promise<boolean> {
  const names = await readdir(partsFolder).catch(() => []);
  return names.some((name) => name.endsWith('.ytdl'));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
