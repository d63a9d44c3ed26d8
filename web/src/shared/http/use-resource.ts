import { useCallback, useEffect, useState } from 'react';
import { asHttpError, type HttpError, isAbort } from './http';

export interface Resource<T> {
  data: T | null;
  error: HttpError | null;
  reload: () => void;
}

const RETRY_MS = 3_000;

/**
 * Reads something once, again on `reload`, and by itself while the server is away.
 * Old data stays while new data is on its way. `load` must be stable (`useCallback` or a module function).
 * @param refreshMs reads again in this rhythm while the page is visible
 */
export function useResource<T>(load: (signal: AbortSignal) => Promise<T>, refreshMs?: number): Resource<T> {
  const [data, setData] = useState<T | null>(null);
  const [error, setError] = useState<HttpError | null>(null);
  const [round, setRound] = useState(0);
  const reload = useCallback(() => {
    setRound((value) => value + 1);
  }, []);

  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal).then(
      (loaded) => {
        setData(loaded);
        setError(null);
      },
      (reason: unknown) => {
        if (isAbort(reason)) return;
        setError(asHttpError(reason));
      },
    );
    return () => {
      controller.abort();
    };
  }, [load, round]);

  const everyMs = error?.isTransient ? RETRY_MS : refreshMs;
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) reload();
    }, everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [everyMs, reload]);

  return { data, error, reload };
}
