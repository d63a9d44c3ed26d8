import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Drain } from '../../../platform/queue/drain.js';
import { Every } from '../../../platform/queue/every.js';
import { CreditAccounts } from '../ledger/credit-accounts.js';
import { Lots } from './lots.js';

const PAGE = 100;

/** Writes down what has expired. Nobody waits for it: what is due can neither be seen nor spent before. */
@Injectable()
export class ExpirySweep {
  private readonly logger = new Logger(ExpirySweep.name);

  constructor(
    private readonly database: Database,
    private readonly accounts: CreditAccounts,
    private readonly lots: Lots,
    private readonly drain: Drain,
  ) {}

  @Every({ name: 'credits.expire', everyMs: 30_000 })
  async sweep(): Promise<void> {
    let page = await this.lots.accountsDue(null, PAGE);
    while (page.length > 0 && !this.drain.signal.aborted) {
      for (const id of page) await this.expireOf(id);
      page = await this.lots.accountsDue(page.at(-1) ?? null, PAGE);
    }
  }

  /** An account whose books are broken must not keep the others from expiring. */
  private async expireOf(id: string): Promise<void> {
    try {
      await this.database.transaction(async () => {
        await this.lots.expireDue(await this.accounts.lockById(id));
      });
    } catch (error) {
      this.logger.error({ err: error, account: id }, 'Credits could not expire');
    }
  }
}
