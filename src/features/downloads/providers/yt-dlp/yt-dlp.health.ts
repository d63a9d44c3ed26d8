import { Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../../../../platform/health/health-part.js';
import { ProviderRegistry } from '../provider-registry.js';

/** The program that most downloads depend on: whether it is there, and how well it can work here. */
@Injectable()
@ReportsHealth()
export class YtDlpHealth implements HealthPart {
  readonly name = 'yt-dlp';

  constructor(private readonly registry: ProviderRegistry) {}

  async check(): Promise<PartState> {
    const provider = this.registry.find('yt-dlp');
    if (!provider) return { status: 'unavailable', reason: 'there is no such adapter' };
    const { ready, reason, version } = await this.registry.readiness(provider);
    if (!ready) return { status: 'unavailable', reason, version };
    return reason === undefined ? { status: 'ok', version } : { status: 'degraded', reason, version };
  }
}
