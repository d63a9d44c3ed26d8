import { Inject, Injectable } from '@nestjs/common';
import { ReportsHealth, type HealthPart, type PartState } from '../../../platform/health/health-part.js';
import { KieDoors } from '../kie/kie-doors.js';
import { isUsable } from './choose-key.js';
import { OpenKeys } from './open-keys.js';

/** Whether somebody can be asked for videos, as the keys tell: KIE itself is not asked. */
@Injectable()
@ReportsHealth()
export class KieHealth implements HealthPart {
  readonly name = 'kie';

  constructor(
    @Inject(OpenKeys) private readonly keys: Pick<OpenKeys, 'all'>,
    @Inject(KieDoors) private readonly doors: Pick<KieDoors, 'isStandIn'>,
  ) {}

  async check(): Promise<PartState> {
    const keys = (await this.keys.all()).filter(({ status }) => status !== 'disabled');
    if (keys.length === 0)
      return { status: 'unavailable', reason: 'there is no key: neither KIE_API_KEY nor one of the panel' };
    if (!keys.some(isUsable)) return { status: 'unavailable', reason: 'none of the keys can be used' };
    return this.doors.isStandIn ? { status: 'ok', reason: 'the stand-in of the sandbox answers' } : { status: 'ok' };
  }
}
