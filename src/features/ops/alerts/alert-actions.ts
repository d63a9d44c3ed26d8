import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { DecoratedMethods } from '../../../platform/discovery/decorated-methods.js';
import { AuditLog } from '../audit/audit-log.js';
import type { Alert } from './alert.entity.js';
import { AlertsFrontend } from './alerts-frontend.js';
import { AlertsRepository } from './alerts.repository.js';
import { alertActionOf, type AlertActionHandler } from './handles-alert-action.js';

export interface Presser {
  /** `telegram:{id}`. */
  actor: string;
  /** As people call him. */
  name: string;
}

/** `again`: somebody has pressed it before; `over`: the alert is; `unknown`: there is no such button. */
export type PressOutcome = 'done' | 'again' | 'over' | 'unknown';

/** What the buttons of alerts do. The caller has made sure that the presser may. */
@Injectable()
export class AlertActions implements OnModuleInit {
  private readonly handlers = new Map<string, AlertActionHandler>();

  constructor(
    private readonly methods: DecoratedMethods,
    private readonly database: Database,
    private readonly alerts: AlertsRepository,
    private readonly frontend: AlertsFrontend,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    for (const { meta, run, where } of this.methods.find(alertActionOf)) {
      if (this.handlers.has(meta)) throw new Error(`The alert action ${meta} has a second handler: ${where}`);
      this.handlers.set(meta, run);
    }
  }

  /** Once for each telling of an alert, however often and by however many it is pressed at once. */
  async press(alertId: number, action: string, presser: Presser): Promise<PressOutcome> {
    return this.database.transaction(async () => {
      const alert = await this.alerts.lock(alertId);
      if (!alert?.actions.includes(action)) return 'unknown';
      if (alert.resolvedAt) return 'over';
      if (isDone(alert, action)) return 'again';
      await this.act(alert, action, presser);
      return 'done';
    });
  }

  private async act(alert: Alert, action: string, { actor, name: by }: Presser): Promise<void> {
    const { id, name, subject, tellings: telling } = alert;
    await this.handlerOf(action)({ subject, actor });
    await this.audit.record({ actor, action, subject: `alert:${id}`, before: null, after: { alert: name, subject } });
    const at = this.clock.now().toISOString();
    const acted = await this.alerts.addPress(id, { action, telling, actor, by, at });
    if (acted) await this.frontend.show(acted);
  }

  private handlerOf(action: string): AlertActionHandler {
    const handler = this.handlers.get(action);
    if (!handler) throw new Error(`Nobody handles the alert action ${action}: mark a method @HandlesAlertAction`);
    return handler;
  }
}

function isDone({ presses, tellings }: Alert, wanted: string): boolean {
  return presses.some(({ action, telling }) => action === wanted && telling === tellings);
}
