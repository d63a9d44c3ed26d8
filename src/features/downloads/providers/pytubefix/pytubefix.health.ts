import { Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../../../../platform/health/health-part.js';
import { selfSetup } from '../program/self-setup.js';
import { ProviderRegistry } from '../provider-registry.js';

/** The library that stands behind yt-dlp for YouTube: whether it is there. */
@Injectable()
@ReportsHealth()
export class PytubefixHealth implements HealthPart {
  readonly name = 'pytubefix';

  constructor(private readonly registry: ProviderRegistry) {}

  async check(): Promise<PartState> {
    const provider = this.registry.find('pytubefix');
    if (!provider) return { status: 'unavailable', reason: 'there is no such adapter' };
    const { ready, reason, version } = await this.registry.readiness(provider, selfSetup('pytubefix'));
    if (!ready) return { status: 'unavailable', reason, version };
    return reason === undefined ? { status: 'ok', version } : { status: 'degraded', reason, version };
  }
}
