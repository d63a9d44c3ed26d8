import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { Database } from '../../../platform/database/database.js';
import { generationConfig, type GenerationConfig } from '../generation.config.js';
import { StepQueue } from '../jobs/step-queue.js';
import { TurnsRepository } from '../jobs/turns.repository.js';
import { KeyDesk } from '../keys/key-desk.js';

/** Prompts that may wait for a worker: enough that none is idle, few enough that turns are decided late. */
const AHEAD = 2;

/** Decides which jobs leave the queue, one process at a time. */
@Injectable()
export class Starter {
  constructor(
    @Inject(generationConfig.key) private readonly config: GenerationConfig,
    private readonly database: Database,
    private readonly turns: TurnsRepository,
    private readonly keys: KeyDesk,
    private readonly queue: StepQueue,
    private readonly clock: Clock,
  ) {}

  async run(): Promise<void> {
    if (!(await this.turns.load(this.clock.now())).isAsked) return;
    await this.database.transaction(async () => {
      await this.database.lock('generation.start');
      const now = this.clock.now();
      // Counted under the lock, for somebody else may just have filled the room.
      const load = await this.turns.load(now);
      const room = {
        prompting: this.config.concurrency * AHEAD - load.prompting,
        submitting: (await this.keys.room()) - load.submitting,
        perUser: this.config.maxInFlightPerUser,
      };
      for (const job of await this.turns.start(room, now)) await this.queue.add(job);
    });
  }
}
