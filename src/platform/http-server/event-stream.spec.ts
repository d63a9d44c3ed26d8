import { EventEmitter } from 'node:events';
import type { MessageEvent } from '@nestjs/common';
import type { Request } from 'express';
import { Subject } from 'rxjs';
import type { AccessTokens } from '../auth/access-tokens.js';
import type { Principal } from '../auth/principal.js';
import { ManualClock } from '../clock/testing/manual-clock.js';
import { EventStreams } from './event-stream.js';

const MINUTE_MS = 60_000;

describe('event streams', () => {
  let clock: ManualClock;
  let caller: Principal;
  let verify: (token: string) => Promise<Principal | undefined>;
  let streams: EventStreams;
  let events: Subject<MessageEvent>;
  beforeEach(() => {
    clock = new ManualClock();
    const expiresAt = new Date(clock.now().getTime() + MINUTE_MS);
    caller = { id: 'ann', email: 'ann@example.com', role: 'admin', sessionId: 'session', expiresAt };
    verify = () => Promise.resolve(caller);
    const tokens: Pick<AccessTokens, 'verify'> = { verify: (token) => verify(token) };
    streams = new EventStreams(tokens as AccessTokens, clock);
    events = new Subject();
  });

  const open = () => {
    const socket = { end: vi.fn() };
    const response = new EventEmitter();
    const request = { user: caller, headers: { authorization: 'Bearer secret' }, socket, res: response };
    const heard: MessageEvent[] = [];
    let isOver = false;
    const subscription = streams.open(request as unknown as Request, events).subscribe({
      next: (event) => heard.push(event),
      complete: () => {
        isOver = true;
      },
    });
    return { heard, socket, response, subscription, isOver: () => isOver };
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };

  it('carry their events, say every 15 s that they are still there, and end with their events', async () => {
    const { heard, isOver } = open();
    events.next({ data: 'one' });
    for (let beat = 0; beat < 3; beat += 1) await pass(15_000);
    events.next({ data: 'two' });
    const comments = Array.from({ length: 3 }, () => ({ comment: 'still here' }));
    expect([heard, isOver()]).toEqual([[{ data: 'one' }, ...comments, { data: 'two' }], false]);
    events.complete();
    expect(isOver()).toBe(true);
  });

  it('end in the moment in which the token does', async () => {
    caller.expiresAt = new Date(clock.now().getTime() + 20_000);
    const { heard, isOver } = open();
    await pass(15_000);
    await pass(4_999);
    expect([heard.length, isOver()]).toEqual([1, false]);
    await pass(1);
    expect(isOver()).toBe(true);
    expect(heard).toHaveLength(1);
    expect(events.observed).toBe(false);
  });

  it('end when the session has, or the role is another', async () => {
    for (const now of [undefined, { ...caller, role: 'user' as const }]) {
      verify = () => Promise.resolve(caller);
      const { isOver } = open();
      await pass(15_000);
      verify = (token) => Promise.resolve(token === 'secret' ? now : caller);
      await pass(15_000);
      expect(isOver()).toBe(true);
      caller.expiresAt = new Date(clock.now().getTime() + MINUTE_MS);
    }
  });

  it('go on while nobody can say whether the session has ended', async () => {
    const { isOver } = open();
    verify = () => Promise.reject(new Error('The database is away'));
    await pass(15_000);
    expect(isOver()).toBe(false);
  });

  it('end when the process does, and close the connection', async () => {
    const { isOver, response, socket } = open();
    streams.beforeApplicationShutdown();
    expect(isOver()).toBe(true);
    response.emit('finish');
    expect(socket.end).toHaveBeenCalledOnce();
    await pass(MINUTE_MS);
  });

  it('leave nothing behind when the caller goes', async () => {
    const { heard, subscription } = open();
    subscription.unsubscribe();
    expect(events.observed).toBe(false);
    await pass(15_000);
    expect(heard).toEqual([]);
  });
});
