import { useEffect, useEffectEvent, useState } from 'react';
import { HttpError, request } from './http';
import { type ServerSentEvent, SseParser } from './sse-parser';

export type StreamStatus = 'connecting' | 'live' | 'lost';

interface Handlers {
  /** Runs at every (re)connection: what happened meanwhile was missed, so read it again. */
  onOpen: () => void;
  onEvent: (event: ServerSentEvent) => void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 5_000;
/** The server says something, if only a comment, every 15 s. */
const SILENCE_MS = 35_000;

/**
 * Follows a stream of server-sent events until unmounted, reconnecting for ever with growing pauses.
 * `EventSource` is not used because it cannot send the operator's token and hides the status.
 */
export function useEventStream(path: string, handlers: Handlers): StreamStatus {
  const [status, setStatus] = useState<StreamStatus>('connecting');
  const onOpen = useEffectEvent(handlers.onOpen);
  const onEvent = useEffectEvent(handlers.onEvent);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const isOver = (): boolean => signal.aborted;

    const follow = async (): Promise<void> => {
      let pauseMs = FIRST_RETRY_MS;
      while (!isOver()) {
        try {
          for await (const event of connect(path, signal, () => {
            pauseMs = FIRST_RETRY_MS;
            setStatus('live');
            onOpen();
          })) {
            onEvent(event);
          }
        } catch (error) {
          if (error instanceof HttpError && error.status === 401) return;
        }
        if (isOver()) return;
        setStatus('lost');
        await pause(pauseMs, signal);
        pauseMs = Math.min(pauseMs * 2, LAST_RETRY_MS);
      }
    };

    setStatus('connecting');
    void follow();
    return () => {
      controller.abort();
    };
  }, [path]);

  return status;
}

/** Ends, or throws, when the connection does; also when it has been silent for so long that it must be dead. */
async function* connect(path: string, signal: AbortSignal, opened: () => void): AsyncGenerator<ServerSentEvent> {
  const silence = new AbortController();
  const giveUp = (): void => {
    silence.abort();
  };
  const response = await request(path, {
    accept: 'text/event-stream',
    signal: AbortSignal.any([signal, silence.signal]),
  });
  if (!response.body) return;
  opened();
  const parser = new SseParser();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let timer = setTimeout(giveUp, SILENCE_MS);
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(giveUp, SILENCE_MS);
      yield* parser.push(chunk.value);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Ends early when the page is closed, and when the browser says that the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
