interface FaultTarget {
  /** Every method but getUpdates when absent, so that a poller does not use a fault up. */
  method?: string;
  botId?: number;
  chatId?: number | string;
  /** How many calls it hits; all when absent. */
  times?: number;
}

export type FaultSpec = FaultTarget &
  (
    | { kind: 'error'; status: number; description: string; retryAfter?: number }
    | { kind: 'delay'; ms: number }
    /** The connection is cut without an answer, before or after the call takes effect. */
    | { kind: 'drop'; when: 'before' | 'after' }
    /** Nothing comes until the fault is removed. */
    | { kind: 'hang'; when: 'before' | 'after' }
  );

export interface FaultCall {
  botId: number;
  method: string;
  chatId: number | string | null;
}

class ActiveFault {
  fired = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly id: number,
    readonly spec: FaultSpec,
  ) {}

  get held(): number {
    return this.waiting.size;
  }

  get isUsedUp(): boolean {
    return this.spec.times !== undefined && this.fired >= this.spec.times;
  }

  matches(call: FaultCall): boolean {
    const { method, botId, chatId } = this.spec;
    const called = call.method.toLowerCase();
    return (
      !this.isUsedUp &&
      (method === undefined ? called !== 'getupdates' : method.toLowerCase() === called) &&
      (botId === undefined || botId === call.botId) &&
      (chatId === undefined || String(chatId) === String(call.chatId))
    );
  }

  /** Resolves when the fault is removed or when the client has gone. */
  hold(gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const leave = (): void => {
        this.waiting.delete(leave);
        gone.removeEventListener('abort', leave);
        resolve();
      };
      if (gone.aborted) {
        resolve();
        return;
      }
      gone.addEventListener('abort', leave);
      this.waiting.add(leave);
    });
  }

  release(): void {
    for (const leave of [...this.waiting]) leave();
  }
}

/** What `GET /control/faults` shows: `held` calls wait for a hang to be removed. */
export type FaultView = FaultSpec & { id: number; fired: number; held: number };

/** Misbehaviour on demand. */
export class Faults {
  private readonly active = new Map<number, ActiveFault>();
  private lastId = 0;

  add(spec: FaultSpec): number {
    const id = ++this.lastId;
    this.active.set(id, new ActiveFault(id, spec));
    return id;
  }

  list(): FaultView[] {
    return [...this.active.values()].map(({ id, spec, fired, held }) => ({ ...spec, id, fired, held }));
  }

  /** The faults that hit this call, in the order they were added; being taken uses one of their times. */
  take(call: FaultCall): ActiveFault[] {
    const hits = [...this.active.values()].filter((fault) => fault.matches(call));
    for (const fault of hits) {
      fault.fired += 1;
      // A used up hang stays until it is removed: it still holds its calls.
      if (fault.isUsedUp && fault.spec.kind !== 'hang') this.active.delete(fault.id);
    }
    return hits;
  }

  remove(id: number): boolean {
    this.active.get(id)?.release();
    return this.active.delete(id);
  }

  clear(): void {
    for (const id of [...this.active.keys()]) this.remove(id);
  }
}
