import { FINAL, REQUEST_STATES, TRANSITIONS, statesBefore, type RequestState } from './request-state.js';

describe('the states of a download request', () => {
  it('can all be reached from queued, and each can reach an end', () => {
    const reachable = (from: RequestState, seen = new Set<RequestState>([from])): Set<RequestState> => {
      for (const next of TRANSITIONS[from]) if (!seen.has(next)) reachable(next, seen.add(next));
      return seen;
    };
    expect([...reachable('queued')].sort()).toEqual([...REQUEST_STATES].sort());
    for (const state of REQUEST_STATES) {
      expect([...reachable(state)].some((end) => FINAL.includes(end))).toBe(true);
    }
  });

  it('end as delivered, failed or cancelled, and what Telegram already has is not cancelled', () => {
    expect(FINAL).toEqual(['delivered', 'failed', 'cancelled']);
    expect(statesBefore('cancelled')).not.toContain('uploading');
    expect(statesBefore('delivered')).toEqual(['uploading']);
  });
});
