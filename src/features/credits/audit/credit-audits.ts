import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { deleteInBatches } from '../../../platform/database/delete-in-batches.js';
import { Every } from '../../../platform/queue/every.js';
import { Alerts, OperatorCalendar } from '../../ops/index.js';
import { creditsUnproven } from '../alerts.js';
import type { AuditReport } from './audit-report.js';
import { CreditAudit } from './credit-audit.entity.js';
import { Proof } from './proof.js';

const SUBJECT = 'ledger';
const KEPT_MS = 90 * 86_400_000;

/** The nightly proof of the books, and those that the operator asks for. */
@Injectable()
export class CreditAudits {
  constructor(
    private readonly database: Database,
    private readonly proof: Proof,
    private readonly alerts: Alerts,
    private readonly calendar: OperatorCalendar,
    private readonly clock: Clock,
  ) {}

  /** Tries the proof now; the operator is told when it fails, and when it holds again. */
  async run(): Promise<AuditReport> {
    const report = await this.proof.try();
    const { ok, problems } = report;
    await this.database.transaction(async () => {
      await this.audits.insert(report);
      if (ok) await this.alerts.resolve(creditsUnproven, SUBJECT);
      else await this.alerts.raise(creditsUnproven, { subject: SUBJECT, params: { problems: problems.length } });
    });
    return report;
  }

  /** null: none has been tried yet. */
  async last(): Promise<AuditReport | null> {
    const [last = null] = await this.audits.find({ order: { checkedAt: 'DESC' }, take: 1 });
    return last;
  }

  /** The first of each day of the operator. It looks more often, so that a proof which could not end is tried again. */
  @Every({ name: 'credits.audit', everyMs: 900_000 })
  async nightly(): Promise<void> {
    const last = await this.last();
    if (last && last.checkedAt >= this.calendar.startOf(this.calendar.today())) return;
    await this.run();
    const parameters = [new Date(this.clock.now().getTime() - KEPT_MS)];
    await deleteInBatches(this.database, { from: 'credit_audits', where: 'checked_at < $1', parameters });
  }

  private get audits() {
    return this.database.repository(CreditAudit);
  }
}
