import type { Request } from 'express';
import { type Answer, ok } from '../answer.js';
import { linkFacts, type LinkFacts } from '../link-facts.js';
import { hostileUrl, type MediaLinks, scriptedPath } from '../media-links.js';
import type { Script } from '../scripts.js';
import type { SavenowJob } from '../../state/records.js';
import { planOf, refusalOf } from './behaviours.js';
import { type Format, formatOf } from './formats.js';
import type { SavenowJobs } from './jobs.js';
import { finished, progressOf } from './progress.js';

/** Longer videos want `allow_extended_duration`. */
const BASE_DURATION_SEC = 90 * 60;
const LONG_DURATION_SEC = 180 * 60;

const UNITS = 6;
const MORE_UNITS = { extended: 3, long: 5 } as const;

/** Both doors lead to this one; each has its own customers. */
export type SavenowCustomer = SavenowJob['api'];

export interface Taken {
  answer: Answer;
  /** What the customer is charged; 0 when nothing was begun. */
  units: number;
}

/** SaveNow itself: `download.php` begins a job, the progress URL tells of it. */
export class SavenowBackend {
  constructor(
    private readonly jobs: SavenowJobs,
    private readonly media: MediaLinks,
  ) {}

  /** The answer to `download.php`. Failures are HTTP 200 here. */
  take(api: SavenowCustomer, request: Request, script: Script): Taken {
    const refusal = refusalOf(script);
    if (refusal) return refused(refusal);
    const query = textsOf(request);
    const facts = linkFacts(query.url ?? '', script);
    const format = formatOf(query.format ?? '');
    if (facts?.platform !== 'youtube') return refused({ success: false, message: 'Invalid URL' });
    if (!format) return refused({ success: false, message: 'Invalid format' });
    const isExtended = facts.durationSec > BASE_DURATION_SEC;
    if (isExtended && !['1', 'true'].includes(query.allow_extended_duration ?? '')) {
      return refused({ success: false, message: 'Video is too long: extended duration is not allowed' });
    }
    const job = this.begin(api, query.format ?? '', format, facts, script);
    return { answer: ok(this.accepted(request, job, facts, script)), units: unitsOf(facts.durationSec) };
  }

  /** The customer whose job a poll is about; `fallback` when there is no such job. */
  customerOf(request: Request, fallback: SavenowCustomer): SavenowCustomer {
    return this.jobs.find(textsOf(request).id ?? '')?.api ?? fallback;
  }

  progress(request: Request): Answer {
    const job = this.jobs.find(textsOf(request).id ?? '');
    if (!job) return ok({ success: 0, progress: 0, text: 'Error: no such job' });
    this.jobs.countPoll(job);
    return progressOf(job, { downloadUrl: this.downloadUrl(job), trapUrl: this.trapUrl(job) });
  }

  reset(): void {
    this.jobs.clear();
  }

  private begin(api: SavenowCustomer, name: string, format: Format, facts: LinkFacts, script: Script): SavenowJob {
    return this.jobs.start({
      api,
      format: name,
      fullFormat: format.fullName,
      path: scriptedPath(script, format.sound ?? facts.sample),
      hostileUrl: hostileUrl(script, this.media.mediaUrl),
      plan: planOf(script),
    });
  }

  private accepted(request: Request, job: SavenowJob, facts: LinkFacts, script: Script): object {
    if (script.behaviour === 'idOnly') return { success: true, id: job.id };
    const image = this.media.at('photo.jpg', { api: job.api, ask: job.id });
    const { title, id, durationSec } = facts;
    const withInfo = textsOf(request).add_info === '1';
    return {
      success: true,
      id: job.id,
      progress_url: this.progressUrl(request, job, script),
      text: 'Preparing streaming download',
      title,
      info: { title, image },
      thumbnail_url: image,
      format: job.format,
      full_format: job.fullFormat,
      content: Buffer.from(`<div class="card">${title}</div>`).toString('base64'),
      url: null,
      ...(withInfo ? { additional_info: { id, title, thumbnail: image, duration: durationSec } } : {}),
      ...(script.behaviour === 'cached' ? finished(job, this.downloadUrl(job)) : {}),
    };
  }

  /** On the backend's own host, not the door's. */
  private progressUrl(request: Request, job: SavenowJob, { behaviour, how = 'http' }: Script): string {
    const isHostile = behaviour === 'hostileProgressUrl';
    if (isHostile && how === 'http') return `http://p.savenow.to/api/progress?id=${job.id}`;
    if (isHostile && how === 'private') return this.trapUrl(job);
    return `http://${request.get('host') ?? ''}/apis/savenow/api/progress?id=${job.id}`;
  }

  private downloadUrl(job: SavenowJob): string {
    return job.hostileUrl ?? this.media.at(job.path, { api: job.api, ask: job.id });
  }

  /** Nothing is there, and the media site writes down who came. */
  private trapUrl({ api, id }: SavenowJob): string {
    return this.media.at('trap', { api, ask: id });
  }
}

const refused = (body: object): Taken => ({ answer: ok(body), units: 0 });

function unitsOf(durationSec: number): number {
  if (durationSec > LONG_DURATION_SEC) return UNITS * MORE_UNITS.long;
  return durationSec > BASE_DURATION_SEC ? UNITS * MORE_UNITS.extended : UNITS;
}

/** The parameters of the query; repeated ones are left out, as nobody sends them. */
function textsOf({ query }: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(query).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
