import type { BotRecord } from '../state/records.js';
import type { World } from '../world/world.js';
import type { Params } from './params.js';

export interface Call {
  bot: BotRecord;
  params: Params;
  /** Aborted when the client has closed its connection. */
  gone: AbortSignal;
}

/** Gives the `result` of the answer, or throws a BotApiError. Files in it are without `file_id`. */
export type Method = (world: World, call: Call) => unknown;
