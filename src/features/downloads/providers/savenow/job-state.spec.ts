import { textOf } from '../api/json.js';
import recorded from './fixtures/progress.json';
import { isSuccess, jobState, titleIn } from './job-state.js';

const cases = recorded as [string, Record<string, unknown>][];
const stateOf = (json: Record<string, unknown>) =>
  jobState(json, textOf(json.message) ?? textOf(json.error) ?? textOf(json.text));

describe('jobState', () => {
  it.each(cases)('%s: %j', (kind, json) => {
    expect(stateOf(json).kind).toBe(kind);
  });

  it('tells how far a job is', () => {
    expect(stateOf({ success: 0, progress: '400' })).toEqual({ kind: 'pending', ratio: 0.4 });
    expect(stateOf({ success: 0, progress: 0 })).toEqual({ kind: 'pending', ratio: 0 });
  });

  it('leaves doubled slashes where they are', () => {
    const downloadUrl = 'https://n1.savenow.to//pack//a.mp4';
    expect(stateOf({ progress: 1_000, download_url: downloadUrl })).toEqual({ kind: 'done', downloadUrl });
  });
});

describe('isSuccess', () => {
  it.each([
    [true, true],
    [1, true],
    ['1', true],
    ['true', true],
    [0, false],
    [false, false],
    ['false', false],
    [-1, false],
    [undefined, false],
  ])('%j: %s', (success, expected) => {
    expect(isSuccess({ success })).toBe(expected);
  });
});

describe('titleIn', () => {
  it('knows the places it is told at', () => {
    const info = { title: 'c' };
    expect(titleIn({ additional_info: { title: 'a' }, title: 'b', info })).toBe('a');
    expect(titleIn({ title: 'b', info })).toBe('b');
    expect(titleIn({ info })).toBe('c');
    expect(titleIn({})).toBeNull();
  });
});
