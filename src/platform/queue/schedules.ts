import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { processConfig, type ProcessConfig } from '../config/process.config.js';
import { Redis } from '../redis/redis.js';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { Drain } from './drain.js';
import { scheduleOf, type Schedule } from './every.js';

/**
 * Runs what is due at fixed intervals, in one worker each time: whoever first claims the interval in Redis. Nothing is
 * stored ahead, so a flushed Redis forgets no schedule.
 */
@Injectable()
export class Schedules implements OnApplicationBootstrap {
  private readonly logger = new Logger(Schedules.name);

  constructor(
    @Inject(processConfig.key) private readonly process: ProcessConfig,
    private readonly methods: DecoratedMethods,
    private readonly redis: Redis,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.process.roles.includes('worker')) return;
    const loops = this.methods.find(scheduleOf).map(({ meta, run }) => this.loop(meta, run));
    this.drain.add(() => Promise.all(loops));
  }

  private async loop(schedule: Schedule, run: () => Promise<unknown>): Promise<void> {
    while (!this.drain.signal.aborted) {
      try {
        if (await this.claim(schedule)) await run();
      } catch (error) {
        this.logger.warn({ err: error, schedule: schedule.name }, 'A scheduled run failed');
      }
      await this.untilNext(schedule);
    }
  }

  private async claim({ name, everyMs }: Schedule): Promise<boolean> {
    const interval = Math.floor(this.clock.now().getTime() / everyMs);
    const key = this.redis.key('schedule', name, interval);
    return (await this.redis.client.set(key, process.pid, { NX: true, PX: everyMs * 2 })) !== null;
  }

  private async untilNext({ everyMs }: Schedule): Promise<void> {
    const wait = everyMs - (this.clock.now().getTime() % everyMs);
    await this.clock.delay(wait, this.drain.signal).catch(() => undefined);
  }
}
