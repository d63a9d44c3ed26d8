import { Injectable } from '@nestjs/common';
import { Alerts, type AlertCause, type AlertDefinition } from '../../ops/index.js';
import { keyBilling, keyInvalid, noHealthyKey } from '../alerts.js';
import { isUsable } from './choose-key.js';
import { OpenKeys } from './open-keys.js';
import type { KeyRow } from './keys.repository.js';

const PROVIDER = 'kie';

/** Tells the operator of keys that do no work, and when they do again. */
@Injectable()
export class KeyAlerts {
  constructor(
    private readonly keys: OpenKeys,
    private readonly alerts: Alerts,
  ) {}

  async check(): Promise<void> {
    const keys = await this.keys.all();
    const isBroke = (key: KeyRow) => key.status === 'billing_blocked' && !isUsable(key);
    await this.tell(keyBilling, keys.filter(isBroke));
    await this.tell(
      keyInvalid,
      keys.filter(({ status }) => status === 'invalid'),
    );
    if (keys.some(isUsable)) await this.alerts.resolve(noHealthyKey, PROVIDER);
    // Who has not set up a key does not miss one.
    else if (keys.length > 0) await this.noneLeft(keys.length);
  }

  /** Somebody has asked for a video, and nobody could be asked for it. */
  async noneLeft(keys: number): Promise<void> {
    await this.alerts.raise(noHealthyKey, { subject: PROVIDER, params: { keys } });
  }

  private async tell(alert: AlertDefinition, keys: readonly KeyRow[]): Promise<void> {
    for (const key of keys) await this.alerts.raise(alert, causeOf(key));
    await this.alerts.resolveOthers(alert, new Set(keys.map(({ name }) => name)));
  }
}

function causeOf({ name, account, blockReason }: KeyRow): AlertCause {
  return { subject: name, params: { key: name, account, reason: blockReason ?? '' } };
}
