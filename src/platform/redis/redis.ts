import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createClient } from 'redis';
import type { RedisConfig } from './redis.config.js';
import type { Script } from './script.js';

type Client = ReturnType<typeof createClient>;

/** Keys of Nexus carry this, so that a Redis may be shared. */
const PREFIX = 'nexus:';

/** The shared short memory of all processes. What must not be lost is not here but in PostgreSQL. */
export class Redis implements OnApplicationShutdown {
  private readonly logger = new Logger(Redis.name);
  readonly client: Client;

  private constructor(url: string) {
    this.client = createClient({
      ...target(url),
      // A caller learns at once that Redis is away, instead of waiting for it without an end.
      disableOfflineQueue: true,
    });
    this.client.on('error', (error: unknown) => {
      this.logger.warn({ err: error }, 'Redis');
    });
  }

  static async connect({ url }: RedisConfig): Promise<Redis> {
    if (url === undefined) throw new Error('REDIS_URL is not decided');
    const redis = new Redis(url);
    await redis.client.connect();
    return redis;
  }

  onApplicationShutdown(): void {
    if (this.client.isOpen) this.client.destroy();
  }

  key(...parts: (string | number)[]): string {
    return PREFIX + parts.join(':');
  }

  /** Runs a script in one round trip; Redis forgets scripts when it is restarted, then they are sent again. */
  async run<Answer>(script: Script<Answer>, keys: string[], args: (string | number)[]): Promise<Answer> {
    const options = { keys, arguments: args.map(String) };
    try {
      return (await this.client.evalSha(script.sha, options)) as Answer;
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
      return (await this.client.eval(script.lua, options)) as Answer;
    }
  }
}

function target(url: string): { url: string } | { socket: { path: string; tls: false } } {
  return url.startsWith('unix://') ? { socket: { path: url.slice('unix://'.length), tls: false } } : { url };
}
