import { And, LessThan, MoreThanOrEqual, type FindOperator } from 'typeorm';

export interface Period {
  from?: Date;
  /** Not in it any more. */
  to?: Date;
}

/** The condition that a time is in the period; undefined when it has no bounds. */
export function within({ from, to }: Period): FindOperator<Date> | undefined {
  const bounds = [...(from ? [MoreThanOrEqual(from)] : []), ...(to ? [LessThan(to)] : [])];
  return bounds.length === 0 ? undefined : And(...bounds);
}
