import { Inject, Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import { Clock } from '../../../platform/clock/clock.js';
import { opsConfig, type OpsConfig } from '../ops.config.js';

/** A calendar day of the operator, as `2026-11-20`. */
export type OperatorDay = string;

/** The operator's days: budgets, «today» and charts go by them. */
@Injectable()
export class OperatorCalendar {
  /** Asked for at each routing decision, and the same all day. */
  private lastEnd: { day: OperatorDay; end: Date } | null = null;

  constructor(
    @Inject(opsConfig.key) private readonly config: OpsConfig,
    private readonly clock: Clock,
  ) {}

  today(): OperatorDay {
    return this.dayOf(this.clock.now());
  }

  dayOf(time: Date): OperatorDay {
    return DateTime.fromJSDate(time, { zone: this.timezone }).toFormat('yyyy-MM-dd');
  }

  /** Midnight, or the first moment after it where clocks jump over midnight. */
  startOf(day: OperatorDay): Date {
    const midnight = DateTime.fromISO(day, { zone: this.timezone }).startOf('day');
    // Where clocks go back at midnight there are two of them: the day begins with the first.
    const [first = midnight] = midnight.getPossibleOffsets();
    return first.toJSDate();
  }

  /** The first moment of the next day. */
  endOf(day: OperatorDay): Date {
    if (this.lastEnd?.day !== day) {
      const next = DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 });
      this.lastEnd = { day, end: this.startOf(next.toFormat('yyyy-MM-dd')) };
    }
    return this.lastEnd.end;
  }

  /** For SQL, where rows are grouped by day. */
  get timezone(): string {
    return this.config.timezone;
  }
}
