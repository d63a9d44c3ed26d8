import type { INestApplicationContext } from '@nestjs/common';

/** Something that an operator has done from a shell, beside the service. */
export interface Command {
  /** What it does, in a line. */
  summary: string;
  /** @returns whether all is well, as its exit code tells */
  run(app: INestApplicationContext, say: (line: string) => void): Promise<boolean>;
}
