import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { TelegramError } from 'telegraf';
import type { Message } from 'telegraf/types';
import { HttpClient, multipartStream, type FilePart } from '../../platform/http/index.js';
import { BotRegistry } from '../bots/bot-registry.js';

/** A large file on a slow line: half an hour for 2 GB is about 1 MB/s. */
export const FILE_TIMEOUT_MS = 1_800_000;

/** A message, those of an album in their order, or that it is done. */
export type BotApiResult = Message | Message[] | boolean;

interface FileCall {
  bot: string;
  method: string;
  params: Record<string, unknown>;
  files: FilePart[];
  signal: AbortSignal;
}

/**
 * Calls of the Bot API that carry files, read from the disk as fast as the line takes them. telegraf would read ahead
 * without a limit (a film of 1 GB in memory), and give up after 500 s.
 */
@Injectable()
export class FileCalls {
  constructor(
    private readonly http: HttpClient,
    private readonly registry: BotRegistry,
  ) {}

  /** @throws TelegramError as telegraf does; NetworkError; the signal's reason */
  async make({ bot, method, params, files, signal }: FileCall): Promise<BotApiResult> {
    const { apiRoot, token } = this.registry.get(bot);
    const { body, contentType, contentLength } = multipartStream(fieldsOf(params), files);
    const response = await this.http.send({
      method: 'POST',
      url: `${apiRoot}/bot${token ?? ''}/${method}`,
      body: { raw: body, contentType },
      headers: { 'content-length': String(contentLength) },
      timeoutMs: FILE_TIMEOUT_MS,
      signal,
    });
    const answer = answerOf(response.status, response.body);
    if (answer.ok) return answer.result;
    throw new TelegramError(answer, { method, payload: { chat_id: params.chat_id } });
  }
}

/** Whether the server may have got all of them: one that was not read to its end has certainly not been sent. */
export function areRead(files: { stream: Readable }[]): boolean {
  return files.every(({ stream }) => stream.readableEnded);
}

type Answer =
  | { ok: true; result: BotApiResult }
  | { ok: false; error_code: number; description: string; parameters?: { retry_after?: number } };

/** What stands between us and the server may answer in words of its own, in JSON, too. */
function answerOf(status: number, body: Buffer): Answer {
  const answer = parsed(body);
  const isTheirs = typeof answer === 'object' && answer !== null && 'ok' in answer;
  if (isTheirs) return answer as Answer;
  return { ok: false, error_code: status, description: `The answer ${status} is not the Bot API's` };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

function fieldsOf(params: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
