import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import packageJson from '../../../package.json';
import { Clock } from '../clock/clock.js';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import type { HealthDto, PartDto } from './health.dto.js';
import { ReportsHealth, type HealthPart } from './health-part.js';
import { ESSENTIAL, overallOf } from './overall.js';
import { PartMonitor } from './part-monitor.js';
import { SANDBOX } from './sandbox.js';

/** Collects how the parts of this process are. */
@Injectable()
export class HealthService implements OnModuleInit {
  private monitors: PartMonitor[] = [];

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly clock: Clock,
    @Inject(processConfig.key) private readonly config: ProcessConfig,
    @Inject(SANDBOX) private readonly sandbox: boolean,
  ) {}

  onModuleInit(): void {
    const found = this.discovery.getProviders({ metadataKey: ReportsHealth.KEY });
    this.monitors = found.map(({ instance }) => new PartMonitor(instance as HealthPart, this.clock));
  }

  async report(): Promise<HealthDto> {
    const parts = await statesOf(this.monitors);
    return {
      status: overallOf(parts),
      version: packageJson.version,
      uptimeSec: Math.floor(process.uptime()),
      roles: this.config.roles,
      sandbox: this.sandbox,
      parts,
    };
  }

  /** Whether requests should be sent here. Only what nothing works without is asked. */
  async isReady(): Promise<boolean> {
    const essential = this.monitors.filter(({ name }) => ESSENTIAL.includes(name));
    return overallOf(await statesOf(essential)) !== 'down';
  }
}

async function statesOf(monitors: PartMonitor[]): Promise<PartDto[]> {
  return Promise.all(monitors.map(async (monitor) => ({ name: monitor.name, ...(await monitor.state()) })));
}
