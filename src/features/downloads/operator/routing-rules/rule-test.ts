import { Inject, Injectable } from '@nestjs/common';
import { downloadsConfig, type DownloadsConfig } from '../../downloads.config.js';
import type { MediaLink } from '../../links/media-link.js';
import { tellLink } from '../../links/tell-link.js';
import { Router, type Explanation } from '../../routing/router.js';
import { linkUnsupported } from '../operator.errors.js';

export interface QuestionedLink {
  url: string;
  durationSec?: number;
  fileSizeBytes?: number;
}

export interface ExplainedLink {
  link: MediaLink;
  durationSec: number | null;
  explanation: Explanation;
}

/** Says which way a link would take now, and why. Nothing is asked over the network, nothing is taken. */
@Injectable()
export class RuleTest {
  constructor(
    @Inject(downloadsConfig.key) private readonly config: DownloadsConfig,
    private readonly router: Router,
  ) {}

  /** @throws DomainError `downloads.link_unsupported` */
  async explain({ url, durationSec, fileSizeBytes }: QuestionedLink): Promise<ExplainedLink> {
    const link = tellLink(url, this.config);
    if ('refused' in link) throw linkUnsupported();
    const { platform } = link;
    const explanation = await this.router.explain({ platform, durationSec: durationSec ?? null, fileSizeBytes });
    return { link, durationSec: durationSec ?? null, explanation };
  }
}
