import type { Response } from 'express';
import type { EventFilter, EventHub } from '../world/events.js';

const HEARTBEAT_MS = 15_000;

/** Server-sent events, resumable after `afterId`, until the reader goes. */
export function streamEvents(events: EventHub, filter: EventFilter, afterId: number | null, response: Response): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  response.write(': connected\n\n');
  const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
  const unsubscribe = events.subscribe(filter, afterId, ({ id, type, botId, chatId, data }) => {
    response.write(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ botId, chatId, ...data })}\n\n`);
  });
  response.once('close', () => {
    clearInterval(heartbeat);
    unsubscribe();
  });
}
