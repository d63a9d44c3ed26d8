import type { Clock } from '../../../../platform/clock/clock.js';
import type { HttpClient } from '../../../../platform/http/index.js';
import { apiWordsError } from '../../errors/api-errors.js';
import type { Platform } from '../../links/media-link.js';
import { askApi } from '../api/ask-api.js';
import { apiReadiness, baseUrlOf, refuseTooLong } from '../api/preconditions.js';
import { tellQuota } from '../api/quota.js';
import { bodyOf } from '../api/reply-body.js';
import { downloadMediaUrl } from '../media-urls/download-media-url.js';
import { withFreshAddresses } from '../media-urls/fresh-addresses.js';
import type {
  DownloadedMedia,
  DownloadSink,
  Provider,
  ProviderCall,
  ProviderReadiness,
  ProviderSetup,
} from '../provider.js';
import { credentialsOf, progressUrlOf, type SavenowName } from './door.js';
import { type Job, readJob } from './job.js';
import { isSuccess, jobState, titleIn } from './job-state.js';
import { JobWatch } from './job-watch.js';
import { LONGEST_SEC, orderOf, patienceMs, priceFactor } from './order.js';

const PLATFORMS: readonly Platform[] = ['youtube', 'youtube_shorts'];

/**
 * The SaveNow backend, by one of its doors: a job is ordered, watched until it is done, and its file fetched. A job that
 * is done is charged, so there is never a second one for the same attempt: to look again costs nothing.
 */
export class SavenowProvider implements Provider {
  readonly kind = 'api';
  private readonly jobs: JobWatch;

  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
    readonly name: SavenowName = 'savenow',
  ) {
    this.jobs = new JobWatch(http, clock);
  }

  readiness(setup: ProviderSetup): Promise<ProviderReadiness> {
    return Promise.resolve(apiReadiness(setup, PLATFORMS));
  }

  costFactor(durationSec: number): number {
    return priceFactor(durationSec);
  }

  async download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    const baseUrl = baseUrlOf(call.setup);
    if (call.resume === null) return this.order(baseUrl, call, sink);
    const job = readJob(call.resume, baseUrl);
    return this.fetch(job, await this.jobs.look(job, call), call, sink);
  }

  private async order(baseUrl: string, call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    refuseTooLong(call, LONGEST_SEC);
    const { setup, signal } = call;
    const { headers, query } = credentialsOf(this.name, setup, baseUrl);
    const reply = await askApi(this.http, {
      url: `${baseUrl}/ajax/download.php`,
      headers,
      query: { ...orderOf(call), ...query },
      apiKey: setup.apiKey,
      once: true,
      signal,
    });
    const now = this.clock.now();
    tellQuota(reply, now, sink);
    const json = bodyOf(reply, now);
    const state = jobState(json, reply.words);
    if (state.kind === 'failed') throw apiWordsError(reply);
    const progressUrl = progressUrlOf(json, baseUrl);
    const terms = { title: titleIn(json), priceFactor: priceFactor(call.durationSec ?? 0) };
    if (state.kind === 'done') return this.fetch({ ...terms, progressUrl }, state.downloadUrl, call, sink);
    if (progressUrl === null || (state.kind === 'unclear' && !isSuccess(json))) throw apiWordsError(reply);
    const deadlineAt = new Date(now.getTime() + patienceMs(call)).toISOString();
    const job = { ...terms, progressUrl, deadlineAt, polls: 0, badPolls: 0, unclearPolls: 0 };
    return this.jobs.wait(job, state.kind === 'pending' ? state.ratio : null);
  }

  private async fetch(
    { title, priceFactor: factor, progressUrl }: Finished,
    downloadUrl: string,
    call: ProviderCall,
    sink: DownloadSink,
  ): Promise<DownloadedMedia> {
    sink.charged(factor);
    const media = await withFreshAddresses(
      downloadUrl,
      progressUrl === null ? null : () => this.jobs.lookAgain(progressUrl, call),
      (url, told) => downloadMediaUrl({ url, kind: call.wish.kind }, call.workDir, call, told, this.clock),
      sink,
    );
    return { ...media, title, expectedDurationSec: call.durationSec };
  }
}

/** A job that is done; without an address to look at it again where its file was there at once. */
type Finished = Pick<Job, 'title' | 'priceFactor'> & { progressUrl: string | null };
