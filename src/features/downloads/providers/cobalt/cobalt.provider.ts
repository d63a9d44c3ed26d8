import type { Clock } from '../../../../platform/clock/clock.js';
import type { HttpClient } from '../../../../platform/http/index.js';
import type { Platform } from '../../links/media-link.js';
import { askApi } from '../api/ask-api.js';
import { apiReadiness, baseUrlOf, refuseTooLong } from '../api/preconditions.js';
import { downloadAlbum } from '../media-urls/download-album.js';
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
import { type Extracted, extractedFrom } from './answer.js';
import { questionOf } from './question.js';

const PLATFORMS: readonly Platform[] = ['youtube', 'youtube_shorts', 'tiktok', 'instagram', 'pinterest'];

/**
 * An own instance of cobalt. It answers at once, with addresses of which those of its tunnels are good for 90 s: they are
 * fetched at once too.
 */
export class CobaltProvider implements Provider {
  readonly name = 'cobalt';
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
    return withFreshAddresses(
      await this.extract(call),
      () => this.extract(call),
      (extracted, told) => this.fetch(extracted, call, told),
      sink,
    );
  }

  private async extract({ setup, link, wish, signal }: ProviderCall): Promise<Extracted> {
    const { apiKey } = setup;
    const reply = await askApi(this.http, {
      method: 'POST',
      url: `${baseUrlOf(setup)}/`,
      headers: apiKey === null ? {} : { authorization: `Api-Key ${apiKey}` },
      body: { json: questionOf(link, wish) },
      apiKey,
      signal,
    });
    return extractedFrom(reply, wish, this.clock.now());
  }

  private async fetch(extracted: Extracted, call: ProviderCall, sink: DownloadSink): Promise<DownloadedMedia> {
    if (extracted.kind === 'album') return downloadAlbum(extracted.files, call, sink, this.clock);
    const media = await downloadMediaUrl(extracted.file, call.workDir, call, sink, this.clock);
    return { ...media, title: extracted.title, expectedDurationSec: call.durationSec };
  }
}
