import { Observable } from 'rxjs';
import type { Clock } from './clock.js';

/** Emits at a fixed pace until nobody listens any more. */
export function ticks(clock: Clock, everyMs: number): Observable<void> {
  return new Observable((listener) => {
    const stop = new AbortController();
    const wait = () => {
      clock.delay(everyMs, stop.signal).then(
        () => {
          listener.next();
          if (!stop.signal.aborted) wait();
        },
        () => undefined, // Nobody listens any more.
      );
    };
    wait();
    return () => {
      stop.abort();
    };
  });
}
