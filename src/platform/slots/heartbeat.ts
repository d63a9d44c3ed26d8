import type { Clock } from '../clock/clock.js';

/**
 * Calls `beat` every `everyMs` until it is stopped.
 * @param beat must not reject
 * @returns the function that stops it
 */
export function heartbeat(clock: Clock, everyMs: number, beat: () => Promise<void>): () => void {
  const stopped = new AbortController();
  const pause = () =>
    clock.delay(everyMs, stopped.signal).then(
      () => true,
      () => false,
    );
  const goOn = async () => {
    while (await pause()) await beat();
  };
  void goOn();
  return () => {
    stopped.abort();
  };
}
