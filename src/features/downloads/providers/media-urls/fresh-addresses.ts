import { ProviderError } from '../../errors/provider-error.js';
import type { DownloadSink, Progress, ProviderTry, Quota } from '../provider.js';

/**
 * Addresses of media die before what made them does: when the bytes are refused, they are asked for once more.
 * @param again asks for them; null where that cannot be done, or costs something
 */
export async function withFreshAddresses<M, T>(
  media: M,
  again: (() => Promise<M>) | null,
  download: (media: M, sink: DownloadSink) => Promise<T>,
  sink: DownloadSink,
): Promise<T> {
  const first = new FollowedSink(sink, 'first');
  try {
    return await download(media, first);
  } catch (error) {
    if (again === null || !(error instanceof ProviderError) || error.code !== 'BYTES_403') throw error;
    sink.tried({ kind: first.kind, errorCode: error.code }, 'reextract');
    return download(await again(), new FollowedSink(sink, 'reextract'));
  }
}

/** Knows the kind of try that a download is at; its first one is of the kind given. */
class FollowedSink implements DownloadSink {
  constructor(
    private readonly sink: DownloadSink,
    public kind: ProviderTry['kind'],
  ) {}

  tried({ errorCode }: ProviderTry, next: ProviderTry['kind']): void {
    this.sink.tried({ kind: this.kind, errorCode }, next);
    this.kind = next;
  }

  progress(progress: Progress): void {
    this.sink.progress(progress);
  }

  charged(factor: number): void {
    this.sink.charged(factor);
  }

  quota(quota: Quota): void {
    this.sink.quota(quota);
  }
}
