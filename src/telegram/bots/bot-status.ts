import { Injectable } from '@nestjs/common';

export interface BotState {
  status: 'ok' | 'degraded' | 'unavailable';
  reason?: string;
}

/** How each bot of this process is doing. */
@Injectable()
export class BotStatus {
  /** What troubles all of them; null: nothing. */
  trouble: string | null = null;

  private readonly states = new Map<string, BotState>();

  report(bot: string, state: BotState): void {
    this.states.set(bot, state);
  }

  of(bot: string): BotState | undefined {
    return this.states.get(bot);
  }
}
