import { STATUS_CODES } from 'node:http';
import type { Clock } from '../../platform/clock/clock.js';
import { type HttpClient, NetworkError, retryAfterMs } from '../../platform/http/index.js';
import { isRecord } from '../bot-api/params.js';
import type { BotRecord, UpdateRecord, WebhookRecord } from '../state/records.js';
import type { SandboxState } from '../state/state.js';
import type { UpdateQueue } from './update-queue.js';

const ANSWER_WITHIN_MS = 60_000;
const MAX_RETRY_AFTER_MS = 3_600_000;
/** Telegram draws the cap between 60 and 120 s anew each time. */
const MAX_DELAY_STEPS = 60;

interface Retry {
  fails: number;
  /** Unix milliseconds. */
  at: number;
}

/** Deliveries of one bot. */
interface Lane {
  /** Chats with a delivery under way: the order within a chat holds, chats do not wait for each other. */
  busy: Set<string>;
  retries: Map<number, Retry>;
  /** Ends the wait for the next retry. */
  alarm: AbortController;
}

type Outcome =
  | { body: string }
  /** `retryAfterMs` is null when the webhook has not asked for a pause. */
  | { error: string; retryAfterMs: number | null };

/** Pushes updates to webhooks: any 2xx ends an update, anything else brings it again, later and later. */
export class WebhookPusher {
  private readonly lanes = new Map<number, Lane>();
  private readonly closed = new AbortController();

  constructor(
    private readonly state: SandboxState,
    private readonly queue: UpdateQueue,
    private readonly clock: Clock,
    private readonly http: HttpClient,
    /** Executes the method in the body of a webhook's answer. */
    private readonly execute: (botId: number, method: string, params: Record<string, unknown>) => Promise<void>,
  ) {
    queue.onChange((botId) => this.push(botId));
  }

  start(): void {
    for (const { id } of this.state.bots.all()) this.push(id);
  }

  close(): void {
    this.closed.abort();
  }

  private push(botId: number): void {
    const bot = this.state.bots.get(botId);
    if (!bot?.webhook || this.closed.signal.aborted) return;
    const lane = this.lane(botId);
    const now = this.clock.now().getTime();
    const passed = new Set(lane.busy);
    let nextRetry = Infinity;
    for (const record of this.queue.pending(botId).values()) {
      if (lane.busy.size >= bot.webhook.maxConnections) break;
      const chat = chatOf(record);
      if (passed.has(chat)) continue;
      passed.add(chat);
      const retryAt = lane.retries.get(record.seq)?.at ?? now;
      if (retryAt > now) {
        nextRetry = Math.min(nextRetry, retryAt);
        continue;
      }
      lane.busy.add(chat);
      void this.deliver(bot, bot.webhook, record).then(() => {
        lane.busy.delete(chat);
        this.push(botId);
      });
    }
    this.setAlarm(botId, lane, nextRetry - now);
  }

  /** Never rejects: whatever goes wrong is a reason to try again. */
  private async deliver(bot: BotRecord, webhook: WebhookRecord, record: UpdateRecord): Promise<void> {
    const result = await this.post(webhook, record);
    if (this.closed.signal.aborted) return;
    const lane = this.lane(bot.id);
    if ('error' in result) {
      this.noteError(bot.id, result.error);
      lane.retries.set(record.seq, this.nextRetry(lane.retries.get(record.seq)?.fails ?? 0, result.retryAfterMs));
      return;
    }
    lane.retries.delete(record.seq);
    this.queue.remove(record);
    const call = parseMethodCall(result.body);
    if (call) await this.execute(bot.id, call.method, call.params);
  }

  private async post({ url, secretToken }: WebhookRecord, { update }: UpdateRecord): Promise<Outcome> {
    try {
      const { status, headers, body } = await this.http.send({
        method: 'POST',
        url,
        headers: secretToken === null ? {} : { 'x-telegram-bot-api-secret-token': secretToken },
        body: { json: update },
        timeoutMs: ANSWER_WITHIN_MS,
        signal: this.closed.signal,
      });
      if (status >= 200 && status <= 299) return { body: body.toString() };
      const error = `Wrong response from the webhook: ${status} ${STATUS_CODES[status] ?? ''}`;
      return { error, retryAfterMs: retryAfterMs(headers['retry-after'], this.clock.now()) };
    } catch (error) {
      return { error: error instanceof NetworkError ? error.message : String(error), retryAfterMs: null };
    }
  }

  /** At once after the first failure, then after 2, 4, 8 … steps; a Retry-After header wins. */
  private nextRetry(fails: number, askedMs: number | null): Retry {
    const steps = fails === 0 ? 0 : Math.min(2 ** fails, MAX_DELAY_STEPS);
    const own = steps * this.state.settings.webhookRetryMs;
    const delay = askedMs === null ? own : Math.min(askedMs, MAX_RETRY_AFTER_MS);
    return { fails: fails + 1, at: this.clock.now().getTime() + delay };
  }

  private noteError(botId: number, message: string): void {
    const bot = this.state.bots.get(botId);
    if (!bot?.webhook) return;
    const date = Math.floor(this.clock.now().getTime() / 1000);
    this.state.bots.put(botId, { ...bot, webhook: { ...bot.webhook, lastError: { date, message } } });
  }

  private setAlarm(botId: number, lane: Lane, ms: number): void {
    lane.alarm.abort();
    if (!Number.isFinite(ms)) return;
    lane.alarm = new AbortController();
    this.clock.delay(ms, AbortSignal.any([lane.alarm.signal, this.closed.signal])).then(
      () => this.push(botId),
      () => undefined,
    );
  }

  private lane(botId: number): Lane {
    let lane = this.lanes.get(botId);
    if (!lane) this.lanes.set(botId, (lane = { busy: new Set(), retries: new Map(), alarm: new AbortController() }));
    return lane;
  }
}

function chatOf({ seq, update }: UpdateRecord): string {
  const payload = Object.values(update).find(isRecord);
  const message = isRecord(payload?.message) ? payload.message : payload;
  const place = isRecord(message?.chat) ? message.chat : payload?.from;
  return isRecord(place) ? String(place.id) : `update ${seq}`;
}

/** The body may be anything; a JSON object with a method is a call. */
function parseMethodCall(body: string): { method: string; params: Record<string, unknown> } | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (!isRecord(parsed) || typeof parsed.method !== 'string') return null;
    const { method, ...params } = parsed;
    return { method, params };
  } catch {
    return null;
  }
}
