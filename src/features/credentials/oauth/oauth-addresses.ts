import { Inject, Injectable } from '@nestjs/common';
import { processConfig, type ProcessConfig } from '../../../platform/config/process.config.js';
import type { OAuthPlatformName } from '../platforms/credential-platform.js';
import { platformsConfig, type PlatformsConfig } from '../platforms/platforms.config.js';
import { urlWith } from '../platforms/protocol/url-with.js';
import type { FailureReason } from './failure-reason.js';

/** Where browsers come back to, and where they are sent on. */
@Injectable()
export class OAuthAddresses {
  private readonly ownRoot: string;
  private readonly redirectRoot: string;

  constructor(
    @Inject(processConfig.key) { publicBaseUrl, port }: ProcessConfig,
    @Inject(platformsConfig.key) { oauthRedirectBaseUrl }: PlatformsConfig,
  ) {
    this.ownRoot = publicBaseUrl ?? `http://localhost:${port}`;
    this.redirectRoot = oauthRedirectBaseUrl ?? this.ownRoot;
  }

  /** Registered with the platform, letter by letter. */
  callback(platform: OAuthPlatformName): string {
    return `${this.redirectRoot}/api/v1/oauth/${platform}/callback`;
  }

  /** The page that tells how it went. @param reason why not; null when the account is connected */
  result(platform: OAuthPlatformName, reason: FailureReason | null): string {
    const why: Record<string, string> = reason === null ? {} : { reason };
    return urlWith(`${this.ownRoot}/connections`, { oauth: reason === null ? 'success' : 'error', platform, ...why });
  }
}
