import { Injectable } from '@nestjs/common';
import type { Asker } from './downloads.service.js';
import { MediaFactsCache } from './flow/media-facts-cache.js';
import { NewRequests } from './flow/new-requests.js';
import type { RequestOptions } from './requests/download-request.entity.js';
import { RequestsRepository } from './requests/requests.repository.js';

/** Where nobody has told which there are. The largest that is not above the wish is taken. */
const USUAL_HEIGHTS: readonly number[] = [1080, 720, 480, 360];

/** The same medium in another form: what the buttons under a delivered one lead to. */
@Injectable()
export class DownloadChoices {
  constructor(
    private readonly requests: RequestsRepository,
    private readonly newRequests: NewRequests,
    private readonly facts: MediaFactsCache,
  ) {}

  /** Heights to choose from, the largest first; null when nobody remembers the request. */
  async heightsOf(requestId: string): Promise<readonly number[] | null> {
    const request = await this.requests.find(requestId);
    if (!request) return null;
    const facts = request.mediaKey === null ? null : await this.facts.find(request.mediaKey);
    return facts?.heights ?? USUAL_HEIGHTS;
  }

  /**
   * Asks for what a request was about, in another form, for whoever pressed the button. `repeated`: he has pressed it
   * before, and what he asked for is still on its way; `forgotten`: nobody remembers the request.
   */
  async ask(asker: Asker, requestId: string, options: RequestOptions): Promise<'done' | 'repeated' | 'forgotten'> {
    const origin = await this.requests.find(requestId);
    if (origin?.bot !== asker.bot) return 'forgotten';
    const { link, canonicalUrl, platform, mediaKey } = origin;
    const pressKey = [asker.tgUserId, requestId, options.kind, options.quality].join(':');
    const wanted = { ...asker, link, canonicalUrl, platform, mediaKey, options, pressKey };
    return (await this.newRequests.write([wanted])) > 0 ? 'done' : 'repeated';
  }
}
