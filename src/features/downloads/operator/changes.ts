import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../platform/auth/principal.js';
import { Database } from '../../../platform/database/database.js';
import { Events } from '../../../platform/events/events.js';
import { AuditLog } from '../../ops/index.js';
import { routingChanged } from '../routing/routing.events.js';

/** What was done, for the audit log: nothing secret is in `before` and `after`. null: it was not there. */
export interface Change<After extends object | null> {
  /** E.g. `provider.updated`. */
  action: string;
  /** E.g. `provider:yt-dlp`. */
  subject: string;
  before: object | null;
  after: After;
}

/**
 * The one way in which the operator changes how downloads are routed: written down with the change or not at all, and
 * told to all processes after the commit. One change at a time, so that what it has checked still holds when it is
 * written: a provider that a rule names is there.
 */
@Injectable()
export class Changes {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly events: Events,
  ) {}

  async make<After extends object | null>(by: Principal, work: () => Promise<Change<After>>): Promise<After> {
    return this.database.transaction(async () => {
      await this.database.lock('downloads.changes');
      const change = await work();
      await this.audit.record({ actor: `user:${by.id}`, ...change });
      await this.events.publish(routingChanged, null);
      return change.after;
    });
  }
}
