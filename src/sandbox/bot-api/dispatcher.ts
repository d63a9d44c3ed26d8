import type { ApiCall } from '../world/call-log.js';
import type { World } from '../world/world.js';
import { BotApiError } from './errors.js';
import type { Call } from './method.js';
import { findMethod } from './methods.js';
import { Params } from './params.js';

export interface Answer {
  status: number;
  body: object;
}

/** Null for a call without effect. */
export type RecordCall = (answer: Answer | null, fault?: string) => ApiCall;

/** Runs methods and writes calls down; HTTP and webhooks meet here. */
export class Dispatcher {
  constructor(
    private readonly world: World,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Throws only when the client has gone. The bot is looked up anew: its settings may have changed while a body came in
   * or a fault delayed the call.
   */
  async run(method: string, call: Call): Promise<Answer> {
    const found = findMethod(method);
    if (!found) return errorAnswer(new BotApiError(404, 'Not Found: method not found'));
    const bot = this.world.state.bots.get(call.bot.id) ?? call.bot;
    try {
      const result = await found.method(this.world, { ...call, bot });
      return { status: 200, body: { ok: true, result: this.world.files.shownTo(bot.id, result) } };
    } catch (error) {
      if (error instanceof BotApiError) return errorAnswer(error);
      if (call.gone.aborted) throw error;
      this.log(
        `Sandbox Bot API, ${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return errorAnswer(new BotApiError(500, 'Internal Server Error'));
    }
  }

  /** A call that came in the body of a webhook's answer: nobody hears what becomes of it. */
  async runFromWebhook(botId: number, method: string, values: Record<string, unknown>): Promise<void> {
    const bot = this.world.state.bots.get(botId);
    if (!bot || /^(get|setwebhook|deletewebhook|close|logout)/i.test(method)) return;
    const call = { bot, params: new Params(values), gone: new AbortController().signal };
    const record = this.startRecord(method, call);
    record(await this.run(method, call));
  }

  /** To be called when a call begins; what it gives, to be called with the outcome, writes the call down. */
  startRecord(method: string, call: Call): RecordCall {
    const started = this.world.clock.now();
    return (answer, fault) =>
      this.world.calls.add({
        at: started.toISOString(),
        botId: call.bot.id,
        method: findMethod(method)?.name ?? method,
        chatId: this.chatIdOf(call),
        params: this.readable(call),
        status: answer?.status ?? 0,
        response: answer?.body ?? null,
        ms: this.world.clock.now().getTime() - started.getTime(),
        fault,
      });
  }

  /** The chat that a call is about: the one it names, or that of the press it answers. */
  chatIdOf({ params }: Call): number | string | null {
    const pressed = this.world.state.callbacks.get(params.text('callback_query_id') ?? '');
    return pressed?.chatId ?? params.integer('chat_id') ?? params.text('chat_id') ?? null;
  }

  private readable({ bot, params }: Call): Record<string, unknown> {
    const files = [...params.uploads].map(([name, { name: fileName, size, stored }]) => {
      const fileId = stored && this.world.files.fileId(bot.id, stored.uniqueId);
      return [name, { name: fileName, size, fileId }] as const;
    });
    const values = Object.keys(params.values).map((name) => [name, unpacked(params, name)] as const);
    return Object.fromEntries<unknown>([...values, ...files]);
  }
}

export const errorAnswer = ({ code, description, parameters }: BotApiError): Answer => ({
  status: code,
  body: { ok: false, error_code: code, description, parameters },
});

/** Forms carry objects as JSON texts; they are easier to read, and to assert on, as what they mean. */
function unpacked({ values }: Params, name: string): unknown {
  const value = values[name];
  if (typeof value !== 'string' || !/^[[{]/.test(value) || name === 'text' || name === 'caption') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
