import { Injectable } from '@nestjs/common';
import type { Update } from 'telegraf/types';
import type { BotContext } from '../bots/bot.js';

type State = BotContext['state'];

/** Hands what the gate knows of an update over to the context that telegraf makes for it. */
@Injectable()
export class UpdateStates {
  private readonly states = new WeakMap<Update, State>();

  set(update: Update, state: State): void {
    this.states.set(update, state);
  }

  /** The first middleware of every bot. */
  readonly middleware = (context: BotContext, next: () => Promise<void>): Promise<void> => {
    const state = this.states.get(context.update);
    if (!state) throw new Error('An update came to a bot past the gate');
    context.state = state;
    return next();
  };
}
