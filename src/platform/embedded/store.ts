import type { RunAs } from './run-as.js';
import type { HowToRun, ServerProcess } from './server-process.js';

/** One embedded server. The methods are called in this order, by the one process that owns the stores. */
export interface Store {
  url: string;
  /** What the servers' user must be able to execute. */
  programs: string[];
  /** Makes the data folder and removes what a killed server left in the way. */
  prepare(runAs: RunAs): Promise<void>;
  launch(how: HowToRun): Promise<ServerProcess>;
  /** Resolves when the server answers; rejects when it ends instead. */
  untilReady(server: ServerProcess): Promise<void>;
}
