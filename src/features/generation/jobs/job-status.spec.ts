import { FINAL, IN_FLIGHT, JOB_STATUSES, statusesBefore, TRANSITIONS, type JobStatus } from './job-status.js';

describe('the statuses of a job', () => {
  const reachable = (from: JobStatus, seen = new Set<JobStatus>([from])): Set<JobStatus> => {
    for (const next of TRANSITIONS[from]) if (!seen.has(next)) reachable(next, seen.add(next));
    return seen;
  };

  it('can all be reached from queued', () => {
    expect([...reachable('queued')].sort()).toEqual([...JOB_STATUSES].sort());
  });

  it('all lead to an end', () => {
    for (const status of JOB_STATUSES) expect([...reachable(status)].some((each) => FINAL.includes(each))).toBe(true);
  });

  it('end for good, but for failures that the operator has tried anew', () => {
    expect(FINAL.filter((status) => TRANSITIONS[status].length === 0)).toEqual(['delivered', 'cancelled']);
    expect(TRANSITIONS.failed).toEqual(['queued']);
  });

  it('let a job be cancelled only while it waits, and fail wherever it moves', () => {
    expect(statusesBefore('cancelled')).toEqual(['queued']);
    expect(new Set(statusesBefore('failed'))).toEqual(new Set(['queued', ...IN_FLIGHT]));
    expect(statusesBefore('delivered')).toEqual(['delivering']);
  });
});
