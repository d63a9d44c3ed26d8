import { request, type RequestOptions, requestJson } from '../../shared/http/http';
import type { TgMessage } from './model/bot-api';
import type { Draft } from './model/conversation-reducer';

const API = '/sandbox/api';

export interface SandboxBot {
  id: number;
  username: string;
  name: string;
  commands: BotCommand[];
  /** How Nexus listens to it; `off` means that its updates wait. */
  mode: 'polling' | 'webhook' | 'off';
}

export interface BotCommand {
  command: string;
  description: string;
}

export interface SandboxUser {
  id: number;
  firstName: string;
  username: string | null;
  languageCode: string;
}

export interface SandboxGroup {
  /** Negative, as in Telegram. */
  id: number;
  title: string;
  userIds: number[];
  botIds: number[];
}

/** One conversation, as one bot and one test user see it. In a private chat `chatId` is the user's id. */
export interface Scope {
  botId: number;
  chatId: number;
  userId: number;
}

/** A call of the Bot API that a bot made. */
export interface ApiCall {
  seq: number;
  /** ISO 8601. */
  at: string;
  botId: number;
  method: string;
  chatId: number | string | null;
  params: unknown;
  /** HTTP status; 0 when no answer was sent. */
  status: number;
  /** Also when it never reached the bot. */
  response: unknown;
  ms: number;
  /** Kind of the fault that hit it. */
  fault?: string;
}

/** A link of the stand-in's own media site, good for trying. */
export interface SampleLink {
  path: string;
  title: string;
  url: string;
  what: string;
}

interface FaultTarget {
  /** Every method (but getUpdates) when absent. */
  method?: string;
  botId?: number;
  chatId?: number;
  /** How many calls it hits before it is used up. */
  times?: number;
}

/** Whether a call is lost before it takes effect, or only its answer after it. */
export type FaultMoment = 'before' | 'after';

export type FaultSpec = FaultTarget &
  (
    | { kind: 'error'; status: number; description: string; retryAfter?: number }
    | { kind: 'delay'; ms: number }
    /** The connection is cut. */
    | { kind: 'drop'; when: FaultMoment }
    /** No answer comes until the fault is removed. */
    | { kind: 'hang'; when: FaultMoment }
  );

/** `fired` counts the calls it has hit. */
export type Fault = FaultSpec & { id: number; fired: number };

const chatPath = ({ botId, chatId }: Omit<Scope, 'userId'>, what: string): string =>
  `${API}/chats/${botId}/${chatId}/${what}`;

const post = <T>(path: string, json: unknown): Promise<T> => requestJson<T>(path, { method: 'POST', json });

export const listBots = (signal: AbortSignal): Promise<SandboxBot[]> => requestJson(`${API}/bots`, { signal });

export const listUsers = (signal: AbortSignal): Promise<SandboxUser[]> => requestJson(`${API}/users`, { signal });

export const createUser = (user: {
  firstName: string;
  languageCode: string;
  username?: string;
}): Promise<SandboxUser> => post(`${API}/users`, user);

export const listGroups = (signal: AbortSignal): Promise<SandboxGroup[]> => requestJson(`${API}/groups`, { signal });

export const createGroup = (group: { title: string; userIds: number[]; botIds: number[] }): Promise<SandboxGroup> =>
  post(`${API}/groups`, group);

export const listSamples = (signal: AbortSignal): Promise<SampleLink[]> => requestJson(`${API}/media`, { signal });

/** Oldest first. */
export const listMessages = (scope: Scope, signal: AbortSignal): Promise<(TgMessage & { deleted?: boolean })[]> =>
  requestJson(chatPath(scope, 'messages'), { signal });

export async function sendMessage(scope: Scope, draft: Draft): Promise<TgMessage> {
  const answer = await requestJson<{ message: TgMessage }>(chatPath(scope, 'messages'), {
    method: 'POST',
    ...bodyOf(scope, draft),
  });
  return answer.message;
}

function bodyOf({ userId }: Scope, { text, file, replyTo }: Draft): Pick<RequestOptions, 'json' | 'form'> {
  if (!file) return { json: { userId, text, replyToMessageId: replyTo?.message_id } };
  const form = new FormData();
  form.set('userId', String(userId));
  if (text) form.set('caption', text);
  if (replyTo) form.set('replyToMessageId', String(replyTo.message_id));
  for (const [name, value] of Object.entries(file.measures ?? {})) form.set(name, String(value));
  form.set(file.field, file.file);
  return { form };
}

export const pressButton = (scope: Scope, messageId: number, data: string): Promise<{ callbackQueryId: string }> =>
  post(chatPath(scope, 'press'), { userId: scope.userId, messageId, data });

export const blockBot = (scope: Scope): Promise<unknown> => post(chatPath(scope, 'block'), { userId: scope.userId });

export const unblockBot = (scope: Scope): Promise<unknown> =>
  post(chatPath(scope, 'unblock'), { userId: scope.userId });

export const listCalls = (
  { botId, chatId }: Scope,
  limit: number,
  signal: AbortSignal,
): Promise<{ items: ApiCall[]; last: number }> =>
  requestJson(`${API}/calls?botId=${botId}&chatId=${chatId}&limit=${limit}`, { signal });

export const eventsPath = ({ botId, chatId }: Scope): string => `${API}/events?botId=${botId}&chatId=${chatId}`;

export const fileUrl = (fileUniqueId: string): string => `${API}/files/${fileUniqueId}`;

export const listFaults = (signal: AbortSignal): Promise<Fault[]> => requestJson(`${API}/faults`, { signal });

export const addFault = (fault: FaultSpec): Promise<unknown> => post(`${API}/faults`, fault);

export const clearFaults = (): Promise<unknown> => request(`${API}/faults`, { method: 'DELETE' });
