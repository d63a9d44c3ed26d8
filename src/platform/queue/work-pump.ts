/** Does one piece of waiting work. @returns false when there was none. */
type Step = () => Promise<boolean>;

interface PumpOptions {
  step: Step;
  /** Pieces at work at once. */
  concurrency: number;
  /** How often to look without being woken: for what becomes due by time, and for hints that were lost. */
  idleMs: number;
  onError(error: unknown): void;
}

/**
 * Works off rows that wait in the database: it looks when woken and every `idleMs`, goes on while there is work, and
 * costs one look at a time when there is none.
 */
export class WorkPump {
  private readonly runners = new Set<Promise<void>>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = true;
  private wokenWhileFull = false;

  constructor(private readonly options: PumpOptions) {}

  start(): void {
    this.stopped = false;
    this.timer = setInterval(() => {
      this.wake();
    }, this.options.idleMs);
    this.wake();
  }

  wake(): void {
    if (this.stopped) return;
    if (this.runners.size >= this.options.concurrency) {
      this.wokenWhileFull = true;
      return;
    }
    const runner = this.run().finally(() => {
      this.runners.delete(runner);
      if (!this.wokenWhileFull) return;
      this.wokenWhileFull = false;
      this.wake();
    });
    this.runners.add(runner);
  }

  /** Takes nothing new and waits for what is being done. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    while (this.runners.size > 0) await Promise.all(this.runners);
  }

  private async run(): Promise<void> {
    try {
      while (!this.stopped && (await this.options.step())) this.wake();
    } catch (error) {
      this.options.onError(error);
    }
  }
}
