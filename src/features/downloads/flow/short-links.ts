import { Injectable } from '@nestjs/common';
import { EgressGateway } from '../../../platform/egress/index.js';
import { EgressFetch } from '../../../platform/http/index.js';
import { ProviderError } from '../errors/provider-error.js';
import { resolveShortLink } from '../links/resolve-short-link.js';
import type { MediaLink } from '../links/media-link.js';
import type { DownloadRequest } from '../requests/download-request.entity.js';

/** Follows `pin.it`, `vm.tiktok.com` and their like to the medium they stand for. */
@Injectable()
export class ShortLinks {
  constructor(private readonly egress: EgressGateway) {}

  /** @throws ProviderError `CONTENT_GONE` when it leads nowhere */
  async resolve(
    { id, platform, canonicalUrl }: Pick<DownloadRequest, 'id' | 'platform' | 'canonicalUrl'>,
    signal: AbortSignal,
  ): Promise<Pick<MediaLink, 'mediaKey' | 'canonicalUrl' | 'platform'>> {
    const session = this.egress.open({ id: `short-${id}` });
    const fetch = new EgressFetch(session);
    const follow = async (url: string) => {
      const { body, url: final } = await fetch.fetch(url, { method: 'HEAD', signal });
      body.destroy();
      return final;
    };
    try {
      const link = await resolveShortLink({ platform, canonicalUrl, mediaKey: null }, follow);
      if (link.mediaKey !== null) return link;
    } catch (error) {
      if (signal.aborted) throw signal.reason as Error;
      throw new ProviderError('CONTENT_GONE', 'The short link could not be followed', { cause: error });
    } finally {
      await fetch.close();
      session.close();
    }
    throw new ProviderError('CONTENT_GONE', 'The short link leads to no medium');
  }
}
