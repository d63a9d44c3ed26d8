import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../platform/errors/domain-error.js';
import type { PageQuery } from '../../../platform/http-server/paging.js';
import { OperatorCalendar } from '../calendar/operator-calendar.js';
import type { ErrorEntry } from './error-entry.entity.js';
import { ErrorsRepository, type Counted, type ErrorFilter, type ErrorGroup } from './errors.repository.js';

export interface ErrorTotals {
  all: number;
  today: number;
  byPlatform: Counted<'platform'>[];
  bySource: Counted<'source'>[];
  byType: Counted<'type'>[];
}

/** What the operator may ask about errors. */
@Injectable()
export class ErrorsService {
  constructor(
    private readonly errors: ErrorsRepository,
    private readonly calendar: OperatorCalendar,
  ) {}

  page(filter: ErrorFilter, query: PageQuery): Promise<[ErrorEntry[], number]> {
    return this.errors.page(filter, query);
  }

  async one(id: string): Promise<ErrorEntry> {
    const error = await this.errors.find(id);
    if (!error) throw new DomainError('ops.error_not_found', 'not_found', 'There is no such error');
    return error;
  }

  async totals(filter: ErrorFilter): Promise<ErrorTotals> {
    return {
      all: await this.errors.count(filter),
      today: await this.errors.count({ ...filter, from: this.laterOf(filter.from) }),
      byPlatform: await this.errors.countBy('platform', filter),
      bySource: await this.errors.countBy('source', filter),
      byType: await this.errors.countBy('type', filter),
    };
  }

  /** Each group with the newest of its messages. */
  async groups(filter: ErrorFilter, query: PageQuery): Promise<[(ErrorGroup & { message: string })[], number]> {
    const [groups, total] = await this.errors.groups(filter, query);
    const signatures = groups.map(({ signature }) => signature);
    const messages = await this.errors.latestMessages(signatures, filter);
    return [groups.map((group) => ({ ...group, message: messages.get(group.signature) ?? '' })), total];
  }

  /** Today's beginning, or where the filter begins when that is later. */
  private laterOf(from: Date | undefined): Date {
    const today = this.calendar.startOf(this.calendar.today());
    return from && from > today ? from : today;
  }
}
