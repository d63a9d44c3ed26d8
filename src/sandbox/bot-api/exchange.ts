import type { Request, Response } from 'express';
import type { BotRecord } from '../state/records.js';
import type { FaultSpec } from '../world/faults.js';
import type { World } from '../world/world.js';
import { type Answer, type Dispatcher, errorAnswer } from './dispatcher.js';
import { BotApiError } from './errors.js';
import type { Call } from './method.js';
import { discard } from './multipart.js';
import { Params } from './params.js';
import { readParams } from './request-body.js';

const BYTES_PER_MB = 1024 * 1024;

/** One call over HTTP: read, bent by faults, run, written down, answered. */
export class Exchange {
  private readonly method: string;
  private readonly gone = new AbortController();

  constructor(
    private readonly world: World,
    private readonly dispatcher: Dispatcher,
    private readonly request: Request<{ token: string; method: string }>,
    private readonly response: Response,
  ) {
    this.method = request.params.method;
    response.once('close', () => {
      if (!response.writableFinished) this.gone.abort(new Error('The client has closed the connection'));
    });
  }

  async run(): Promise<void> {
    try {
      const bot = this.authenticate();
      const { params, refusal } = await this.read();
      try {
        await this.perform({ bot, params, gone: this.gone.signal }, refusal);
      } finally {
        await discard(params.uploads.values());
      }
    } catch (error) {
      if (!this.gone.signal.aborted) throw error;
    }
  }

  private authenticate(): BotRecord {
    const { token } = this.request.params;
    const bot = this.world.directory.botByToken(token);
    if (!bot) throw new BotApiError(404, 'Not Found');
    if (this.world.state.revokedTokens.get(token)) throw new BotApiError(401, 'Unauthorized');
    return bot;
  }

  /** A body that breaks a limit is an answer too, so that the call is written down. */
  private async read(): Promise<{ params: Params; refusal?: Answer }> {
    const { files, state } = this.world;
    const limitBytes = state.settings.uploadLimitMb * BYTES_PER_MB;
    try {
      return { params: await readParams(this.request, { folder: files.incoming, limitBytes }) };
    } catch (error) {
      if (error instanceof BotApiError) return { params: new Params({}), refusal: errorAnswer(error) };
      throw error;
    }
  }

  private async perform(call: Call, refusal?: Answer): Promise<void> {
    const { clock, faults } = this.world;
    const record = this.dispatcher.startRecord(this.method, call);
    const run = async (): Promise<Answer> => refusal ?? (await this.dispatcher.run(this.method, call));
    const chatId = this.dispatcher.chatIdOf(call);
    for (const fault of faults.take({ botId: call.bot.id, method: this.method, chatId })) {
      const { spec } = fault;
      switch (spec.kind) {
        case 'delay':
          await clock.delay(spec.ms);
          break;
        case 'error': {
          const answer = faultAnswer(spec);
          record(answer, 'error');
          this.send(answer);
          return;
        }
        case 'drop':
          record(spec.when === 'after' ? unsent(await run()) : null, `drop ${spec.when}`);
          this.request.socket.destroy();
          return;
        case 'hang': {
          const done = spec.when === 'after' ? await run() : null;
          const entry = record(done && unsent(done), `hang ${spec.when}`);
          await fault.hold(this.gone.signal);
          if (this.gone.signal.aborted) return;
          const answer = done ?? (await run());
          this.world.calls.settle(entry, answer.status, answer.body);
          this.send(answer);
          return;
        }
      }
    }
    const answer = await run();
    record(answer);
    this.send(answer);
  }

  private send({ status, body }: Answer): void {
    if (!this.gone.signal.aborted) this.response.status(status).json(body);
  }
}

function faultAnswer({ status, description, retryAfter }: FaultSpec & { kind: 'error' }): Answer {
  return errorAnswer(
    new BotApiError(status, description, retryAfter === undefined ? undefined : { retry_after: retryAfter }),
  );
}

/** An answer that never left: status 0 in the log. */
const unsent = ({ body }: Answer): Answer => ({ status: 0, body });
