import { Injectable } from '@nestjs/common';
import { HandlesAlertAction, type AlertPress } from '../../../ops/index.js';
import { UNBLOCK_KEY } from '../../alerts.js';
import { KeysService } from './keys.service.js';

/** What the button under an alert about a key does. */
@Injectable()
export class KeyAlertActions {
  constructor(private readonly keys: KeysService) {}

  @HandlesAlertAction(UNBLOCK_KEY)
  async unblock({ subject: name, actor }: AlertPress): Promise<void> {
    await this.keys.unblockNamed(actor, name);
  }
}
