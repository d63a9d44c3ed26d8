import type { Clock } from '../../../../platform/clock/clock.js';
import type { HttpClient } from '../../../../platform/http/index.js';
import { apiError, apiWordsError } from '../../errors/api-errors.js';
import type { Platform } from '../../links/media-link.js';
import { askApi } from '../api/ask-api.js';
import { apiReadiness, baseUrlOf, refuseTooLong } from '../api/preconditions.js';
import { tellQuota } from '../api/quota.js';
import { rapidApiHeaders } from '../api/rapid-api.js';
import { bodyOf } from '../api/reply-body.js';
import { downloadAlbum } from '../media-urls/download-album.js';
import { downloadMediaUrl } from '../media-urls/download-media-url.js';
import type {
  DownloadedMedia,
  DownloadSink,
  Provider,
  ProviderCall,
  ProviderReadiness,
  ProviderSetup,
} from '../provider.js';
import { chooseMedia } from './choose-media.js';
import { type Post, readPost } from './post.js';

const PLATFORMS: readonly Platform[] = ['youtube', 'youtube_shorts', 'tiktok', 'instagram', 'pinterest'];

/**
 * «Social Download All In One» at RapidAPI: it turns a link into addresses of its files, which we fetch. An answer with
 * files is charged, whatever becomes of them; so it is asked once.
 */
export class RapidapiProvider implements Provider {
  readonly name = 'rapidapi';
  readonly kind = 'api';

  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
  ) {}

  readiness(setup: ProviderSetup): Promise<ProviderReadiness> {
    return Promise.resolve(apiReadiness(setup, PLATFORMS));
  }

  async download(call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    refuseTooLong(call);
    const post = await this.resolve(call, sink);
    const media = await this.fetch(post, call, sink);
    const expectedDurationSec = media.album ? null : call.durationSec;
    return { ...media, title: post.title, expectedDurationSec };
  }

  private async resolve({ setup, link, signal }: ProviderCall, sink: DownloadSink): Promise<Post> {
    const baseUrl = baseUrlOf(setup);
    const reply = await askApi(this.http, {
      method: 'POST',
      url: `${baseUrl}/v1/social/autolink`,
      headers: rapidApiHeaders(setup, baseUrl),
      body: { json: { url: link.canonicalUrl } },
      apiKey: setup.apiKey,
      signal,
    });
    const now = this.clock.now();
    tellQuota(reply, now, sink);
    const post = readPost(bodyOf(reply, now));
    // It says `error: true`, or only why not, or nothing at all; what it found is what counts.
    if (post.media.length === 0) throw apiWordsError(reply);
    sink.charged(1);
    return post;
  }

  private fetch(post: Post, call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    const choice = chooseMedia(post, call.link.platform, call.wish);
    if (choice === null) throw apiError('NO_FORMAT', 'of the post it has the sound alone');
    if (choice.kind === 'album') return downloadAlbum(choice.files, call, sink, this.clock);
    return downloadMediaUrl(choice.file, call.workDir, call, sink, this.clock);
  }
}
