import type { DownloadRequest } from '../requests/download-request.entity.js';
import type { Hold } from './hold.js';
import type { StatusBoard } from './status-board.js';

/** A request that is worked on, with all that the work needs. */
export interface FlowContext {
  request: DownloadRequest;
  board: StatusBoard;
  /** A folder of this run alone. */
  workDir: string;
  hold: Hold;
}
