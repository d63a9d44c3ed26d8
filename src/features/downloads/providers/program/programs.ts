import type { ProgramRequest, ProgramResult } from '../../../../platform/programs/program.js';

/** What is needed of ProgramRunner. */
export interface Programs {
  run(request: ProgramRequest): Promise<ProgramResult>;
}

/** Downloads leave the processor to others first. */
export const NICENESS = 10;
/** Containers add to what their streams have. */
export const CONTAINER_OVERHEAD = 1.1;
