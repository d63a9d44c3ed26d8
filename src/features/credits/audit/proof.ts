import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { DecoratedMethods } from '../../../platform/discovery/decorated-methods.js';
import { Drain } from '../../../platform/queue/drain.js';
import { checkAccounts } from './account-checks.js';
import type { AuditReport, Checked } from './audit-report.js';
import { witnessedPrefix } from './credits-witness.js';
import { Inspection } from './inspection.js';
import { checkLines } from './line-checks.js';
import { checkLots } from './lot-checks.js';
import { checkWitnesses } from './witness-checks.js';

const COUNTS = `
  SELECT (SELECT count(*) FROM credit_accounts)::int AS accounts, (SELECT count(*) FROM credit_entries)::int AS entries,
         (SELECT count(*) FROM credit_entries WHERE kind = 'hold')::int AS holds`;

/**
 * Proves that the books add up, and that they say what those say who hold credits. The database does the sums, in parts
 * that are short; all of it sees the books and the witnesses' rows as they were at one moment, while they go on changing.
 */
@Injectable()
export class Proof {
  constructor(
    private readonly database: Database,
    private readonly methods: DecoratedMethods,
    private readonly clock: Clock,
    private readonly drain: Drain,
  ) {}

  async try(): Promise<AuditReport> {
    const witnesses = this.methods.find(witnessedPrefix).map(({ meta, run }) => ({ prefix: meta, testify: run }));
    return this.database.snapshot(async () => {
      const inspection = new Inspection(this.database, this.clock.now(), this.drain.signal);
      const [counts] = await inspection.read<Omit<Checked, 'jobs'>>(COUNTS, []);
      if (!counts) throw new Error('Nothing was counted');
      await checkAccounts(inspection);
      await checkLines(inspection);
      await checkLots(inspection);
      const jobs = await checkWitnesses(inspection, witnesses);
      const { problems, now } = inspection;
      return { ok: problems.length === 0, checkedAt: now, checked: { ...counts, jobs }, problems };
    });
  }
}
