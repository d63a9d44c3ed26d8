import type { Database } from '../../../platform/database/database.js';
import { MOST_PROBLEMS, type Problem } from './audit-report.js';

/** How many problems one statement may tell of. */
const MOST_AT_ONCE = 100;

/** One look at the books, all of one moment: asks them, and collects what is wrong. */
export class Inspection {
  readonly problems: Problem[] = [];

  constructor(
    private readonly database: Database,
    readonly now: Date,
    private readonly signal: AbortSignal,
  ) {}

  /** @throws when the process is stopping */
  async read<Row>(sql: string, parameters: unknown[]): Promise<Row[]> {
    this.signal.throwIfAborted();
    return this.database.query<Row>(sql, parameters);
  }

  /** @param sql selects problems; its last parameter is how many at most, which is added here */
  async find(sql: string, parameters: unknown[]): Promise<void> {
    const found = await this.read<Problem>(sql, [...parameters, MOST_AT_ONCE]);
    this.problems.push(...found.slice(0, MOST_PROBLEMS - this.problems.length));
  }
}
