import type { ApiName } from './api-names.js';

/** How a stand-in is to take one call; what an option means depends on the behaviour. */
export interface Script {
  behaviour: string;
  /** Path on the media site of what is served in place of the usual sample. */
  sample?: string;
  /** What is told about the length of the medium. */
  durationSec?: number;
  /** How many polls it goes on for. */
  polls?: number;
  /** What the API says in its own words. */
  text?: string;
  /** How long the answer takes. */
  seconds?: number;
  /** Which of several ways to do it. */
  how?: string;
  /** An error code of the API. */
  code?: string;
}

export type QueuedScript = Script & { times: number };

const OK: Script = { behaviour: 'ok' };

/** Per API: scripts for the next calls, and the one for all others. */
export class Scripts {
  private readonly queues = new Map<ApiName, QueuedScript[]>();
  private readonly standing = new Map<ApiName, Script>();

  /** Without `times` it is the one for all calls that no other script is waiting for. */
  add(api: ApiName, script: Script, times?: number): void {
    if (times === undefined) this.standing.set(api, script);
    else this.queues.set(api, [...this.queue(api), { ...script, times }]);
  }

  /**
   * The script of this call; being taken uses one of its times. With `fits` a script whose behaviour is about other
   * calls of the API is left to them.
   */
  take(api: ApiName, fits: (behaviour: string) => boolean = () => true): Script {
    const queue = this.queue(api);
    const found = queue.find(({ behaviour }) => fits(behaviour));
    if (!found) return fits(this.always(api).behaviour) ? this.always(api) : OK;
    const { times, ...script } = found;
    const left = times > 1 ? [{ ...script, times: times - 1 }] : [];
    this.queues.set(
      api,
      queue.flatMap((queued) => (queued === found ? left : [queued])),
    );
    return script;
  }

  queue(api: ApiName): QueuedScript[] {
    return this.queues.get(api) ?? [];
  }

  always(api: ApiName): Script {
    return this.standing.get(api) ?? OK;
  }

  clear(api: ApiName): void {
    this.queues.delete(api);
    this.standing.delete(api);
  }
}
