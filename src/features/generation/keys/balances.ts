import { Injectable } from '@nestjs/common';
import { Every } from '../../../platform/queue/every.js';
import { Alerts } from '../../ops/index.js';
import { balanceLow } from '../alerts.js';
import { KieClient } from '../kie/kie-client.js';
import { KeyHealth } from './key-health.js';
import { KeysRepository } from './keys.repository.js';
import { OpenKeys, type OpenKey } from './open-keys.js';

/** KIE's credits, of which one costs 0.005 USD: below this the operator is told. */
export const LOW_BALANCE = 1_000;

/** What is left on the accounts, as KIE tells. */
@Injectable()
export class Balances {
  constructor(
    private readonly keys: OpenKeys,
    private readonly rows: KeysRepository,
    private readonly kie: KieClient,
    private readonly health: KeyHealth,
    private readonly alerts: Alerts,
  ) {}

  @Every({ name: 'generation.poll-balances', everyMs: 600_000 })
  async poll(): Promise<void> {
    for (const key of await this.oneOfEachAccount()) await this.ask(key);
    await this.tell();
  }

  private async ask({ opened: key }: OpenKey): Promise<void> {
    const answer = await this.kie.credit(key);
    if (answer.ok) await this.rows.noteBalance(key.account, answer.value);
    // Anything else is no reason to doubt the key: it was not asked for a video.
    else if (answer.error.detail === 'key_invalid') await this.health.answered(key, answer.error);
  }

  private async tell(): Promise<void> {
    const low = (await this.oneOfEachAccount()).filter(({ balance }) => balance !== null && balance < LOW_BALANCE);
    for (const { account, balance } of low) {
      const params = { account, balance: balance ?? 0, threshold: LOW_BALANCE };
      await this.alerts.raise(balanceLow, { subject: account, params });
    }
    await this.alerts.resolveOthers(balanceLow, new Set(low.map(({ account }) => account)));
  }

  private async oneOfEachAccount(): Promise<OpenKey[]> {
    const keys = (await this.keys.open()).filter(({ status }) => status !== 'disabled' && status !== 'invalid');
    return [...new Map(keys.map((key) => [key.account, key])).values()];
  }
}
