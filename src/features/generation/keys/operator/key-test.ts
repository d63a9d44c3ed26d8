import { Injectable } from '@nestjs/common';
import { Clock } from '../../../../platform/clock/clock.js';
import type { GenerationError } from '../../kie/error-class.js';
import { KieClient, type Answer } from '../../kie/kie-client.js';
import type { GenerationKey } from '../generation-key.entity.js';
import { KeyHealth } from '../key-health.js';
import { KeySafe, UNDECIPHERABLE } from '../key-safe.js';
import { KeysRepository } from '../keys.repository.js';
import type { KeyTestResult } from './key-test-result.js';
import { KeysService } from './keys.service.js';

/** The operator's test of a key: what is left on its account. An invalid key that passes is valid again. */
@Injectable()
export class KeyTest {
  constructor(
    private readonly service: KeysService,
    private readonly keys: KeysRepository,
    private readonly safe: KeySafe,
    private readonly kie: KieClient,
    private readonly health: KeyHealth,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `generation.key_not_found` */
  async run(actor: string, id: string): Promise<KeyTestResult> {
    const row = await this.service.row(id);
    const startedAt = this.clock.now().getTime();
    const answer = await this.ask(row);
    const ms = this.clock.now().getTime() - startedAt;
    if (!answer.ok) return { ok: false, error: answer.error, ms };
    await this.keys.noteBalance(row.account, answer.value);
    await this.service.validate(actor, id);
    return { ok: true, balance: answer.value, ms };
  }

  private async ask(row: GenerationKey): Promise<Answer<number>> {
    const apiKey = this.safe.open(row);
    if (apiKey === null) return { ok: false, error: DOES_NOT_OPEN };
    const key = { id: row.id, account: row.account, apiKey };
    const answer = await this.kie.credit(key);
    if (!answer.ok && answer.error.detail === 'key_invalid') await this.health.answered(key, answer.error);
    return answer;
  }
}

const DOES_NOT_OPEN: GenerationError = {
  class: 'CONFIG',
  detail: 'key_invalid',
  code: 'UNDECIPHERABLE',
  message: UNDECIPHERABLE,
  retryAfterSec: null,
};
