import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock/clock.js';
import { EgressGateway, EgressRefusedError } from '../../../platform/egress/index.js';
import { EgressFetch, NetworkError, UnfollowableUrlError } from '../../../platform/http/index.js';
import { signatureOf } from './signature.js';

const TIMEOUT_MS = 10_000;

export interface WebhookMessage {
  url: string;
  secret: string;
  event: string;
  /** Of the delivery: the same at each try. */
  deliveryId: string;
  body: string;
}

export interface WebhookAnswer {
  /**
   * `delivered`: taken with a 2xx; `again`: it may be taken later; `never`: this address never will be called; `gone`: the
   * receiver wants no more of it.
   */
  outcome: 'delivered' | 'again' | 'never' | 'gone';
  /** HTTP status; null when there was no answer. */
  status: number | null;
  /** A sentence; null when delivered. */
  error: string | null;
  /** How long it took. */
  ms: number;
}

type Verdict = Omit<WebhookAnswer, 'ms'>;

class TimedOut extends Error {}

/** Calls the addresses of owners: signed, never inside our own network, 10 s at most. Bodies of answers are not read. */
@Injectable()
export class WebhookCall {
  constructor(
    private readonly egress: EgressGateway,
    private readonly clock: Clock,
  ) {}

  /** @throws the signal's reason when it was aborted: whether the message has arrived is not known */
  async send(message: WebhookMessage, signal?: AbortSignal): Promise<WebhookAnswer> {
    const begun = this.clock.now().getTime();
    const verdict = await this.post(message, signal);
    return { ...verdict, ms: this.clock.now().getTime() - begun };
  }

  private async post(message: WebhookMessage, signal: AbortSignal | undefined): Promise<Verdict> {
    const session = this.egress.open({ id: `webhook-${randomUUID()}` });
    const fetch = new EgressFetch(session);
    const [over, ended] = [new AbortController(), new AbortController()];
    this.clock.delay(TIMEOUT_MS, ended.signal).then(
      () => {
        over.abort(new TimedOut());
      },
      () => undefined,
    );
    try {
      const { status, body } = await fetch.fetch(message.url, {
        method: 'POST',
        headers: this.headersOf(message),
        body: message.body,
        signal: signal ? AbortSignal.any([signal, over.signal]) : over.signal,
      });
      body.destroy();
      return verdictOf(status);
    } catch (error) {
      if (signal?.aborted) throw error;
      return failureOf(error);
    } finally {
      ended.abort();
      await fetch.close();
      session.close();
    }
  }

  private headersOf({ secret, event, deliveryId, body }: WebhookMessage): Record<string, string> {
    const timestamp = Math.floor(this.clock.now().getTime() / 1_000);
    return {
      'content-type': 'application/json',
      'user-agent': 'Nexus-Webhooks',
      'x-nexus-event': event,
      'x-nexus-delivery': deliveryId,
      'x-nexus-timestamp': String(timestamp),
      'x-nexus-signature': signatureOf(secret, timestamp, body),
    };
  }
}

function verdictOf(status: number): Verdict {
  if (status >= 200 && status < 300) return { outcome: 'delivered', status, error: null };
  if (status === 410) return { outcome: 'gone', status, error: 'The receiver answered 410 Gone' };
  const redirected = status >= 300 && status < 400;
  return {
    outcome: 'again',
    status,
    error: redirected ? 'Redirects are not followed' : `The receiver answered ${status}`,
  };
}

function failureOf(error: unknown): Verdict {
  const failed = (outcome: 'again' | 'never', text: string) => ({ outcome, status: null, error: text });
  if (error instanceof TimedOut) return failed('again', `No answer within ${TIMEOUT_MS / 1_000} s`);
  // Where exactly it leads is not told: names of our own network are nobody's business.
  if (error instanceof EgressRefusedError) return failed('never', 'The address is not public: it is not called');
  if (error instanceof UnfollowableUrlError) return failed('never', 'The address is not an http or https URL');
  if (error instanceof NetworkError) return failed('again', NETWORK_WORDS[error.code] ?? 'The connection failed');
  throw error;
}

const NETWORK_WORDS: Partial<Record<NetworkError['code'], string>> = {
  timed_out: 'The receiver could not be connected to in time',
  unresolved: 'There is no such host',
  unreachable: 'Nobody answers at this address',
  connection_lost: 'The receiver broke off the connection',
  tls: 'No encrypted connection could be agreed on',
  certificate: 'The certificate of the receiver is not valid',
};
