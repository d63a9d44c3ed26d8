import type { EgressSession } from '../../../platform/egress/index.js';
import type { DownloadAttempt } from '../attempts/download-attempt.entity.js';
import type { ProviderError } from '../errors/provider-error.js';
import type { DownloadedMedia, ProviderTry, Quota } from '../providers/provider.js';

type Try = ProviderTry & { egress: string };

/** What an attempt is found to have been: its tries in their order, where it went, what it cost. */
export class AttemptRecord {
  chargedFactor = 0;
  quota: Quota | null;
  private readonly failed: Try[];
  private readonly leftEgresses: { egress: string; error: ProviderError }[] = [];
  private readonly sessions: EgressSession[] = [];
  private kind: ProviderTry['kind'] = 'first';
  private egress: string;

  /** @param before what it was found to be before it rested */
  constructor(
    private readonly startedAt: Date,
    [first = '']: string[],
    before: { tries: Try[]; quota: Quota | null } = { tries: [], quota: null },
  ) {
    this.egress = first;
    this.failed = [...before.tries];
    this.quota = before.quota;
  }

  /** A try has failed, and the provider goes on by itself. */
  tried({ kind, errorCode }: ProviderTry, next: ProviderTry['kind']): void {
    this.failed.push({ kind, errorCode, egress: this.egress });
    this.kind = next;
  }

  /** A way out has failed, and the next one is taken. */
  leaveEgress(error: ProviderError, next: string): void {
    this.failed.push({ kind: this.kind, errorCode: error.code, egress: this.egress });
    this.leftEgresses.push({ egress: this.egress, error });
    this.kind = 'egress';
    this.egress = next;
  }

  ageMs(now: Date): number {
    return now.getTime() - this.startedAt.getTime();
  }

  through(session: EgressSession): void {
    this.sessions.push(session);
  }

  /** The tries that are over. */
  get tries(): Try[] {
    return this.failed;
  }

  egressTries(error: ProviderError | null): { egress: string; error: ProviderError | null }[] {
    return [...this.leftEgresses, { egress: this.egress, error }];
  }

  /** The columns of its row that tell of it, when it has ended. */
  facts(
    endedAt: Date,
    media: DownloadedMedia | null,
    errorCode: ProviderTry['errorCode'] = null,
  ): Pick<
    DownloadAttempt,
    | 'endedAt'
    | 'egress'
    | 'tries'
    | 'redirectChain'
    | 'downloadHost'
    | 'downloadTimeMs'
    | 'ttfbMs'
    | 'fileSizeBytes'
    | 'downloadSpeedBytesPerSec'
    | 'quota'
  > {
    const ms = endedAt.getTime() - this.startedAt.getTime();
    const hosts = this.sessions.flatMap((session) => session.hosts());
    const busiest = [...hosts].sort((a, b) => b.bytes - a.bytes)[0];
    return {
      endedAt,
      egress: this.egress,
      tries: [...this.failed, { kind: this.kind, errorCode, egress: this.egress }],
      redirectChain: hosts.map(({ host }) => host),
      downloadHost: busiest?.host ?? null,
      downloadTimeMs: ms,
      ttfbMs: media?.ttfbMs ?? null,
      fileSizeBytes: media?.bytes ?? null,
      downloadSpeedBytesPerSec: media ? (media.bytes / Math.max(1, ms)) * 1_000 : null,
      quota: this.quota,
    };
  }
}
