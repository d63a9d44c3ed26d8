import type { Clock } from '../../platform/clock/clock.js';
import type { Update } from '../bot-api/types.js';
import type { UpdateRecord } from '../state/records.js';
import type { SandboxState } from '../state/state.js';

/** Telegram starts somewhere; a number with nine digits shows who stores them too small. */
const FIRST_UPDATE_ID = 100_000_001;

/** Kinds that a bot gets only when it asks for them by name. */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];

/** How many updates can be repeated by their id. */
const REMEMBERED = 1000;

/** What bots have not confirmed yet, in order of arrival, for polling and webhooks alike. */
export class UpdateQueue {
  private readonly pendingByBot = new Map<number, Map<number, UpdateRecord>>();
  private readonly delivered = new Set<number>();
  private readonly past: UpdateRecord[] = [];
  private readonly listeners: ((botId: number) => void)[] = [];

  constructor(
    private readonly state: SandboxState,
    private readonly clock: Clock,
  ) {
    for (const record of state.updates.all().sort((a, b) => a.seq - b.seq)) {
      this.hold(record);
    }
  }

  /** Gives the new `update_id`, or null when the bot has not asked for this kind. */
  push(botId: number, kind: string, payload: object): number | null {
    if (!this.isWanted(botId, kind)) return null;
    const updateId = this.state.nextNumber(series(botId), FIRST_UPDATE_ID);
    this.add(botId, { update_id: updateId, [kind]: payload }, false);
    return updateId;
  }

  /** Puts in an update as it is. A used `update_id` is handed out again, as after a delivery that Telegram believed lost. */
  inject(botId: number, update: Partial<Update>): number {
    const updateId = update.update_id ?? this.state.nextNumber(series(botId), FIRST_UPDATE_ID);
    this.state.passNumber(series(botId), updateId);
    this.add(botId, { update_id: updateId, ...update }, true);
    return updateId;
  }

  /** One of the last updates, confirmed or not. */
  recent(botId: number, updateId: number): Update | undefined {
    return this.past.findLast((record) => record.botId === botId && record.update.update_id === updateId)?.update;
  }

  /** By sequence number, oldest first. */
  pending(botId: number): Map<number, UpdateRecord> {
    let pending = this.pendingByBot.get(botId);
    if (!pending) this.pendingByBot.set(botId, (pending = new Map<number, UpdateRecord>()));
    return pending;
  }

  /** What getUpdates answers. An offset confirms all that is below it; a negative one keeps only the last ones. */
  take(botId: number, offset: number, limit: number): Update[] {
    const pending = [...this.pending(botId).values()];
    const confirmed =
      offset < 0
        ? pending.slice(0, offset)
        : pending.filter(
            ({ seq, update, injected }) => update.update_id < offset && (!injected || this.delivered.has(seq)),
          );
    for (const record of confirmed) this.remove(record);
    const taken = [...this.pending(botId).values()].slice(0, limit);
    for (const { seq } of taken) this.delivered.add(seq);
    return taken.map(({ update }) => update);
  }

  remove({ botId, seq }: UpdateRecord): void {
    this.pending(botId).delete(seq);
    this.delivered.delete(seq);
    this.state.updates.remove(seq);
  }

  clear(botId: number): void {
    for (const record of [...this.pending(botId).values()]) this.remove(record);
  }

  /** Called after a bot's queue has grown or its way of listening has changed. */
  onChange(listener: (botId: number) => void): void {
    this.listeners.push(listener);
  }

  changed(botId: number): void {
    for (const listener of this.listeners) listener(botId);
  }

  private add(botId: number, update: Update, injected: boolean): void {
    const seq = this.state.nextNumber('updates');
    const record = { seq, botId, update, injected, createdAt: this.clock.now().getTime() };
    this.state.updates.put(seq, record);
    this.hold(record);
    this.changed(botId);
  }

  private hold(record: UpdateRecord): void {
    this.pending(record.botId).set(record.seq, record);
    this.past.push(record);
    if (this.past.length > REMEMBERED) this.past.shift();
  }

  private isWanted(botId: number, kind: string): boolean {
    const allowed = this.state.bots.get(botId)?.allowedUpdates ?? null;
    return allowed === null ? !ON_REQUEST.includes(kind) : allowed.includes(kind);
  }
}

const series = (botId: number): string => `update:${botId}`;
