import { Injectable, type BeforeApplicationShutdown, type MessageEvent } from '@nestjs/common';
import type { Request } from 'express';
import { ExtractJwt } from 'passport-jwt';
import { Observable, Subject } from 'rxjs';
import { AccessTokens } from '../auth/access-tokens.js';
import { principalOf, type Principal } from '../auth/principal.js';
import { Clock } from '../clock/clock.js';

/** Whatever stands between must not take the line for dead. */
const HEARTBEAT_EVERY_MS = 15_000;

const bearer = ExtractJwt.fromAuthHeaderAsBearerToken();

/** Server-sent events of all features: what they have in common beside their events. */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly closing = new Subject<void>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly clock: Clock,
  ) {}

  /**
   * `events` to the caller of a route that is not public, with a comment every 15 s. The stream ends with them, when the
   * process stops, and when the caller is no longer who he was: his token has ended, his session (within 15 s), or he
   * has lost his role.
   */
  open(request: Request, events: Observable<MessageEvent>): Observable<MessageEvent> {
    // Kept alive it would hold up the end of the process for seconds.
    request.res?.once('finish', () => request.socket.end());
    return new Observable((listener) => {
      const over = new AbortController();
      listener.add(() => {
        over.abort();
      });
      const end = () => {
        listener.complete();
      };
      listener.add(this.closing.subscribe(end));
      listener.add(events.subscribe(listener));
      const beat = () => {
        listener.next({ comment: 'still here' });
      };
      this.accompany(request, beat, over.signal).then(end, end);
    });
  }

  beforeApplicationShutdown(): void {
    this.closing.next();
  }

  /** Resolves when the caller is to hear nothing more, rejects when he has gone. */
  private async accompany(request: Request, beat: () => void, signal: AbortSignal): Promise<void> {
    const caller = principalOf(request);
    if (!caller) throw new Error('An event stream needs a route that is not @Public()');
    const leftMs = () => caller.expiresAt.getTime() - this.clock.now().getTime();
    for (;;) {
      await this.clock.delay(Math.min(leftMs(), HEARTBEAT_EVERY_MS), signal);
      if (leftMs() <= 0 || !(await this.isStill(caller, bearer(request) ?? ''))) return;
      beat();
    }
  }

  private async isStill({ id, role }: Principal, token: string): Promise<boolean> {
    try {
      const now = await this.tokens.verify(token);
      return now?.id === id && now.role === role;
    } catch {
      // Nobody knows at the moment. The next beat asks again, and his token ends anyway.
      return true;
    }
  }
}
