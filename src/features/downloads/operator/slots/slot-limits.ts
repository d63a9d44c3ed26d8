import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../../platform/auth/principal.js';
import { Slots, type SlotUsage } from '../../../../platform/slots/slots.js';
import { Changes } from '../changes.js';

type SlotLimit = Pick<SlotUsage, 'key' | 'limit'>;

@Injectable()
export class SlotLimits {
  constructor(
    private readonly slots: Slots,
    private readonly changes: Changes,
  ) {}

  list(): Promise<SlotUsage[]> {
    return this.slots.usage();
  }

  async set(by: Principal, limits: readonly SlotLimit[]): Promise<void> {
    await this.changes.make(by, async () => {
      const before = (await this.slots.usage()).filter(({ key }) => limits.some((limit) => limit.key === key));
      for (const { key, limit } of limits) await this.slots.set(key, limit);
      return {
        action: 'slots.updated',
        subject: 'slots',
        before: Object.fromEntries(before.map(({ key, limit }) => [key, limit])),
        after: Object.fromEntries(limits.map(({ key, limit }) => [key, limit])),
      };
    });
  }
}
