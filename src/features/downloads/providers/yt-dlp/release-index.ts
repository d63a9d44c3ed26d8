import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../../../platform/config/process.config.js';
import { installedTools } from '../../../../platform/programs/installed-tools.js';
import { ProgramRunner } from '../../../../platform/programs/program-runner.js';
import { NICENESS } from '../program/programs.js';
import { parseVersion } from './version.js';

/** It fetches what it would install. */
const TIMEOUT_MS = 3 * 60_000;
const MAX_REPORT_BYTES = 8 * 1024 * 1024;

interface InstallReport {
  install: { metadata: { name: string; version: string } }[];
}

/** Python's index of packages, as the Python that setup has chosen sees it. */
@Injectable()
export class ReleaseIndex {
  private readonly python: string;
  private readonly folder: string;

  constructor(
    @Inject(processConfig.key) { dataDir }: Pick<ProcessConfig, 'dataDir'>,
    private readonly programs: ProgramRunner,
  ) {
    this.python = installedTools(dataDir).python ?? 'python3';
    this.folder = join(dataDir, 'cache', 'pip');
  }

  /**
   * The newest release of yt-dlp that could be installed now, with all that it needs. What is installed already is left
   * out of account: without an index that answers pip would be content with it.
   * @throws Error when the index does not answer, or the signal's reason when it was aborted
   */
  async newest(signal?: AbortSignal): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    const { code, stdout, stderrTail } = await this.programs.run({
      file: this.python,
      args: [
        ...['-m', 'pip', '--disable-pip-version-check', '--no-input', '--no-cache-dir', '--timeout=15', '--retries=1'],
        ...['--quiet', 'install', '--dry-run', '--ignore-installed', '--only-binary=:all:', '--report', '-'],
        'yt-dlp[default]',
      ],
      cwd: this.folder,
      timeoutMs: TIMEOUT_MS,
      niceness: NICENESS,
      signal,
      maxStdoutBytes: MAX_REPORT_BYTES,
    });
    signal?.throwIfAborted();
    const newest = code === 0 ? readReport(stdout ?? '') : null;
    if (newest === null) {
      throw new Error(`pip does not tell the newest yt-dlp: ${stderrTail.trim().split('\n').at(-1) ?? ''}`);
    }
    return newest;
  }
}

/** The release of yt-dlp in pip's report of what it would install; null when there is none. */
function readReport(report: string): string | null {
  const { install } = JSON.parse(report) as InstallReport;
  const found = install.find(({ metadata }) => metadata.name === 'yt-dlp');
  return found ? parseVersion(found.metadata.version) : null;
}
