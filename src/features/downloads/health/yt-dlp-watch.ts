import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Every } from '../../../platform/queue/every.js';
import { Alerts } from '../../ops/index.js';
import { ageConcern, YtDlpAge } from '../providers/yt-dlp/yt-dlp-age.js';
import { ytDlpOld } from './alerts.js';

const SUBJECT = 'yt-dlp';

/** Tells the operator when yt-dlp should be looked after. */
@Injectable()
export class YtDlpWatch {
  constructor(
    private readonly age: YtDlpAge,
    private readonly alerts: Alerts,
    private readonly clock: Clock,
  ) {}

  @Every({ name: 'downloads.yt-dlp-age', everyMs: 600_000 })
  async look(): Promise<void> {
    const state = await this.age.state();
    const { version, ageDays } = state;
    const reason = ageConcern(state, this.clock.now());
    if (reason === null || version === null || ageDays === null) await this.alerts.resolve(ytDlpOld, SUBJECT);
    else await this.alerts.raise(ytDlpOld, { subject: SUBJECT, params: { version, days: ageDays, reason } });
  }
}
