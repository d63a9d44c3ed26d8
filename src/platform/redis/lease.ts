import { randomUUID } from 'node:crypto';
import type { Redis } from './redis.js';
import { script } from './script.js';

const HOLD = script<number>(`
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`);

const RELEASE = script<number>(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`);

/** A thing that one process at a time may do. While held it is renewed; a process that dies loses it after `ttlMs`. */
export class Lease {
  private readonly owner = randomUUID();
  private renewal: NodeJS.Timeout | undefined;

  constructor(
    private readonly redis: Redis,
    private readonly name: string,
    private readonly ttlMs: number,
  ) {}

  /** @returns whether this process holds it now */
  async hold(): Promise<boolean> {
    const held = await this.take();
    if (held) this.renewal ??= setInterval(() => void this.renew(), this.ttlMs / 3);
    else this.letGo();
    return held;
  }

  async release(): Promise<void> {
    this.letGo();
    await this.redis.run(RELEASE, [this.key], [this.owner]).catch(() => undefined);
  }

  private get key(): string {
    return this.redis.key('lease', this.name);
  }

  private async take(): Promise<boolean> {
    return (await this.redis.run(HOLD, [this.key], [this.owner, this.ttlMs])) === 1;
  }

  /** Never starts the renewal anew: its answer may come after the release. Without Redis the next turn tries again. */
  private async renew(): Promise<void> {
    const held = await this.take().catch(() => true);
    if (!held) this.letGo();
  }

  private letGo(): void {
    clearInterval(this.renewal);
    this.renewal = undefined;
  }
}
