import type { Creation } from '../apis/kie/traffic.js';
import type { ApiView } from '../apis/outside-apis.js';
import type { OutsideCall } from '../apis/outside-calls.js';
import type { Script } from '../apis/scripts.js';
import { isRecord } from '../bot-api/params.js';
import type { KieAccountView, KieTaskView } from '../control/kie.router.js';
import type { KieUpload } from '../state/records.js';
import type { ApiCall } from '../world/call-log.js';
import type { MessageView } from '../world/conversations.js';
import type { FaultSpec, FaultView } from '../world/faults.js';

const WAIT_MS = 10_000;
const LOOK_EVERY_MS = 10;

/** Drives a sandbox as the chat page does, for tests. */
export class ControlClient {
  constructor(private readonly apiRoot: string) {}

  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.apiRoot}/control${path}`, {
      method,
      headers: body === undefined || isForm ? {} : { 'content-type': 'application/json' },
      body: isForm ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : undefined) as T;
  }

  get<T>(path: string): Promise<T> {
    return this.request('GET', path);
  }

  post<T>(path: string, body: unknown = {}): Promise<T> {
    return this.request('POST', path, body);
  }

  /** A person writes to a bot in their private chat. */
  write(botId: number, userId: number, text: string): Promise<{ message: MessageView; updateId: number }> {
    return this.post(`/chats/${botId}/${userId}/messages`, { userId, text });
  }

  press(botId: number, userId: number, messageId: number, data: string): Promise<{ callbackQueryId: string }> {
    return this.post(`/chats/${botId}/${userId}/press`, { userId, messageId, data });
  }

  messages(botId: number, chatId: number): Promise<MessageView[]> {
    return this.get(`/chats/${botId}/${chatId}/messages`);
  }

  async calls(query: Record<string, string | number> = {}): Promise<ApiCall[]> {
    const parameters = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    const { items } = await this.get<{ items: ApiCall[] }>(`/calls?${new URLSearchParams(parameters).toString()}`);
    return items;
  }

  addFault(fault: FaultSpec): Promise<{ id: number }> {
    return this.post('/faults', fault);
  }

  faults(): Promise<FaultView[]> {
    return this.get('/faults');
  }

  apis(): Promise<ApiView[]> {
    return this.get('/apis');
  }

  /** How an outside API takes its next `times` calls, or all others when that is missing. */
  scriptApi(script: Script & { api: string; times?: number }): Promise<ApiView> {
    return this.post('/apis', script);
  }

  /** Back to `ok`, for one adapter's API or for all. */
  async forgetApiScripts(api?: string): Promise<void> {
    await this.request('DELETE', api === undefined ? '/apis' : `/apis/${api}`);
  }

  setApiQuota(api: string, quota: { limit?: number; remaining?: number }): Promise<ApiView> {
    return this.post(`/apis/${api}/quota`, quota);
  }

  /** Ends all access tokens that an authorisation server has handed out. @returns how many */
  async expireTokens(api: string): Promise<number> {
    return (await this.post<{ expired: number }>(`/apis/${api}/tokens/expire`)).expired;
  }

  /** Takes back what an account, or every one, has allowed. @returns how many tokens end */
  async revokeTokens(api: string, account?: string): Promise<number> {
    return (await this.post<{ revoked: number }>(`/apis/${api}/tokens/revoke`, { account })).revoked;
  }

  /** What outside APIs were asked, oldest first. */
  async apiCalls(query: { api?: string; after?: number; limit?: number } = {}): Promise<OutsideCall[]> {
    const parameters = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
    const path = `/apis/calls?${new URLSearchParams(parameters).toString()}`;
    return (await this.get<{ items: OutsideCall[] }>(path)).items;
  }

  /** What KIE was asked to make, in that order. */
  kieTasks(query: { account?: string; jobId?: string } = {}): Promise<KieTaskView[]> {
    return this.get(`/apis/kie/tasks?${new URLSearchParams(query).toString()}`);
  }

  /** All calls of createTask, refused ones included, in the order of time. */
  kieCreations(account?: string): Promise<Creation[]> {
    return this.get(`/apis/kie/creations${account === undefined ? '' : `?account=${account}`}`);
  }

  kieAccount(account: string): Promise<KieAccountView> {
    return this.get(`/apis/kie/accounts/${account}`);
  }

  setKieAccount(account: string, change: { balance?: number; price?: number }): Promise<KieAccountView> {
    return this.post(`/apis/kie/accounts/${account}`, change);
  }

  kieUploads(): Promise<KieUpload[]> {
    return this.get('/apis/kie/uploads');
  }

  /** What KIE signs its callbacks with; null: it does not. */
  async setKieWebhookKey(key: string | null): Promise<void> {
    await this.post('/apis/kie/webhook-key', key === null ? {} : { key });
  }

  /** The first message of the chat whose text or caption has `part` in it, once there is one. */
  async messageWith(botId: number, chatId: number, part: string): Promise<MessageView> {
    return until(async () =>
      (await this.messages(botId, chatId)).find(
        ({ text, caption, deleted }) => !deleted && (text ?? caption ?? '').includes(part),
      ),
    );
  }
}

/** Looks again and again until `look` finds something. */
export async function until<T>(
  look: () => Promise<T | undefined | null | false> | T | undefined | null | false,
): Promise<T> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Nothing came within ${WAIT_MS} ms: ${look.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** The description of a refusal of the Bot API, as telegraf throws it. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    return isRecord(error) && typeof error.description === 'string' ? error.description : String(error);
  }
  throw new Error('The call was not refused');
}
