import { Injectable } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import { UpdatePump } from './update-pump.js';
import { UpdatesRepository } from './updates.repository.js';

/** Where updates come in, by polling or webhook: when `accept` returns they are safe, and repeats are dropped. */
@Injectable()
export class Intake {
  constructor(
    private readonly updates: UpdatesRepository,
    private readonly pump: UpdatePump,
  ) {}

  async accept(bot: string, updates: Update[]): Promise<void> {
    if (updates.length === 0) return;
    if ((await this.updates.store(bot, updates)) > 0) this.pump.wake();
  }
}
