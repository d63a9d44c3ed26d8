import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { ReportsHealth, type HealthPart, type PartState } from '../../../../platform/health/health-part.js';
import { selfSetup } from '../program/self-setup.js';
import { ProviderRegistry } from '../provider-registry.js';

import { ageDays } from './version.js';

/** The program that most downloads depend on: whether it is there, how old it is, how well it can work here. */
@Injectable()
@ReportsHealth()
export class YtDlpHealth implements HealthPart {
  readonly name = 'yt-dlp';

  constructor(
    private readonly registry: ProviderRegistry,
    private readonly clock: Clock,
  ) {}

  async check(): Promise<PartState> {
    const provider = this.registry.find('yt-dlp');
    if (!provider) return { status: 'unavailable', reason: 'there is no such adapter' };
    const { ready, reason, version } = await this.registry.readiness(provider, selfSetup('yt-dlp'));
    const shown = version && `${version} (${inDays(ageDays(version, this.clock.now()))} old)`;
    if (!ready) return { status: 'unavailable', reason, version: shown };
    return reason === undefined ? { status: 'ok', version: shown } : { status: 'degraded', reason, version: shown };
  }
}

const inDays = (count: number) => (count === 1 ? '1 day' : `${count} days`);
