import { randomUUID } from 'node:crypto';
import express, { type Request, type Router } from 'express';
import { isRecord } from '../../bot-api/params.js';
import { type Answer, ok, type Reaction } from '../answer.js';
import { type Behaviours, TRANSPORT_BEHAVIOURS } from '../behaviour.js';
import { type Exchange, jsonOf } from '../exchange.js';
import type { Script } from '../scripts.js';
import type { StandIn } from '../stand-in.js';

const API = 'llm';
const REFUSED_KEY = /^Bearer invalid/;
const WORD = /(?<![\w:])llm:([a-z0-9]+)/i;
const LONGEST_ECHO = 3000;

const failed = (status: number, message: string, type: string, code: string | null): Answer => ({
  status,
  body: { error: { message, type, param: null, code } },
});

/** What it does in place of answering. */
const FAILURES: Readonly<Record<string, Reaction>> = {
  error: failed(500, 'The server had an error while processing your request', 'server_error', null),
  429: failed(429, 'Rate limit reached for requests', 'requests', 'rate_limit_exceeded'),
  billing: failed(429, 'You exceeded your current quota', 'insufficient_quota', 'insufficient_quota'),
  slow: 'silence',
};

const BEHAVIOURS: Behaviours = {
  ok: 'a prompt for a video with all that the user has said in it',
  error: '500',
  429: 'too often',
  billing: '429, insufficient_quota',
  empty: 'an answer without a word',
  refuse: 'the model refuses',
  ...TRANSPORT_BEHAVIOURS,
};

/** A language model behind an API like OpenAI's. A user's `llm:error`, `llm:slow` … is a script for that call. */
export class Llm implements StandIn {
  readonly api = API;
  readonly behaviours = BEHAVIOURS;
  readonly quota = null;
  readonly tokens = null;
  readonly routers: Readonly<Record<string, Router>>;

  constructor(exchange: Exchange) {
    const router = express
      .Router()
      .post('/chat/completions', exchange.ask(API, { refuse: refuseKey, answer: complete }))
      .use(
        exchange.look(
          () => API,
          ({ method, path }) => failed(404, `Invalid URL (${method} ${path})`, 'invalid_request_error', null),
        ),
      );
    this.routers = { '/apis/llm': router };
  }

  /** There is nothing to forget. */
  reset(): void {
    return;
  }
}

function refuseKey(request: Request): Answer | null {
  if (!REFUSED_KEY.test(request.get('authorization') ?? '')) return null;
  return failed(401, 'Incorrect API key provided.', 'invalid_request_error', 'invalid_api_key');
}

function complete(request: Request, { behaviour }: Script): Reaction {
  const body = jsonOf(request);
  const { model, messages } = isRecord(body) ? body : {};
  if (typeof model !== 'string' || !Array.isArray(messages)) {
    return failed(400, 'you must provide a model parameter and messages', 'invalid_request_error', null);
  }
  const said = wordsOfUser(messages);
  const wish = behaviour === 'ok' ? (WORD.exec(said)?.[1]?.toLowerCase() ?? 'ok') : behaviour;
  const failure = Object.hasOwn(FAILURES, wish) && behaviour !== 'slow' ? FAILURES[wish] : undefined;
  return failure ?? ok(completion(model, messageOf(wish, said)));
}

function messageOf(wish: string, said: string): { content: string | null; refusal: string | null } {
  if (wish === 'refuse') return { content: null, refusal: "I'm sorry, but I can't help with that." };
  if (wish === 'empty') return { content: '', refusal: null };
  const echo = said.replace(/\s+/g, ' ').trim().slice(0, LONGEST_ECHO);
  return { content: `A vertical video in soft daylight, a slow push-in on the product. ${echo}`, refusal: null };
}

const completion = (model: string, message: object): object => ({
  id: `chatcmpl-${randomUUID()}`,
  object: 'chat.completion',
  created: 1_767_225_600,
  model,
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
});

/** All texts of the messages of the user. */
function wordsOfUser(messages: readonly unknown[]): string {
  return messages
    .filter(isRecord)
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }): unknown[] => (Array.isArray(content) ? (content as unknown[]) : [content]))
    .map((part) => (isRecord(part) ? part.text : part))
    .filter((text) => typeof text === 'string')
    .join('\n');
}
