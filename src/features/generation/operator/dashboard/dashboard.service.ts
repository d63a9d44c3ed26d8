import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import { endedIn, failureRate, type Ended } from '../../health/failure-rate.js';
import { HealthRepository } from '../../health/health.repository.js';
import { KeyHealthDto, type GenerationDashboardDto, type QueueDepthDto } from './dashboard.dto.js';
import { DashboardRepository, PHASES } from './dashboard.repository.js';

const DAY_MS = 86_400_000;

@Injectable()
export class DashboardService {
  constructor(
    private readonly dashboard: DashboardRepository,
    private readonly health: HealthRepository,
    private readonly clock: Clock,
  ) {}

  /** Takes as long as the slowest of its questions: they are asked at once. */
  async read(): Promise<GenerationDashboardDto> {
    const now = this.clock.now();
    const [depth, waiting, times, outcomes, keys, hours] = await Promise.all([
      this.dashboard.depth(),
      this.health.waiting(now),
      this.dashboard.phaseTimes(new Date(now.getTime() - DAY_MS)),
      this.health.outcomes(now),
      this.dashboard.keys(),
      this.dashboard.hours(now),
    ]);
    const delivered = outcomes.filter(({ status }) => status === 'delivered');
    const failed = outcomes.filter(({ status }) => status === 'failed');
    return {
      at: now.toISOString(),
      queue: queueOf(depth),
      oldestWaitingSec: secondsSince(waiting.oldestSince, now),
      phases: PHASES.map(
        (phase) => times.find((each) => each.phase === phase) ?? { phase, stays: 0, medianSec: null, p95Sec: null },
      ),
      successRate1h: successRate(endedIn('lastHour', outcomes)),
      successRate24h: successRate(endedIn('day', outcomes)),
      errorsByClass: failed.map(({ errorClass, day }) => ({ errorClass, jobs: day })),
      creditsSpent24h: delivered.reduce((sum, { credits }) => sum + credits, 0),
      keys: keys.map((key) => KeyHealthDto.at(now, key)),
      hours: hours.map(({ hour, ...counts }) => ({ hour: hour.toISOString(), ...counts })),
    };
  }
}

function queueOf(depth: readonly { status: string; jobs: number }[]): QueueDepthDto {
  const none = { queued: 0, prompting: 0, submitting: 0, generating: 0, delivering: 0 };
  return { ...none, ...Object.fromEntries(depth.map(({ status, jobs }) => [status, jobs])) };
}

/** The clocks of this machine and of the database may differ a little. */
function secondsSince(time: Date | null, now: Date): number | null {
  return time && Math.max(0, Math.floor((now.getTime() - time.getTime()) / 1_000));
}

function successRate(ended: Ended): number | null {
  const rate = failureRate(ended);
  return rate === null ? null : 1 - rate;
}
