/** Lets a number of tasks run at once; the others wait in line, and leave it when their signal is aborted. */
export class Turnstile {
  private inside = 0;
  private readonly line: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  async pass<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.enter(signal);
    try {
      return await task();
    } finally {
      this.leave();
    }
  }

  private async enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.inside >= this.limit) await this.turn(signal);
    else this.inside += 1;
  }

  /** The place is handed over: lowering the count first would let a newcomer in as well. */
  private leave(): void {
    const next = this.line.shift();
    if (next) next();
    else this.inside -= 1;
  }

  private turn(signal?: AbortSignal): Promise<void> {
    return new Promise((enter, leave) => {
      const onTurn = () => {
        signal?.removeEventListener('abort', onAbort);
        enter();
      };
      const onAbort = () => {
        this.line.splice(this.line.indexOf(onTurn), 1);
        leave(signal?.reason as Error);
      };
      this.line.push(onTurn);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
