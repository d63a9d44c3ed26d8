import { ClosedWays, type ListedCircuit } from './closed-ways.js';
import { judgeHealth, type Trouble } from './judge-health.js';

const YT_DLP = {
  name: 'yt-dlp',
  families: ['youtube', 'tiktok'] as const,
  egresses: ['direct'],
  obeysEgressCircuits: true,
  notReady: null,
};

const open = (...keys: string[]): ListedCircuit[] => keys.map((key) => ({ key, state: 'open', reason: 'HTTP_403' }));
const halfOpen = (...keys: string[]): ListedCircuit[] =>
  keys.map((key) => ({ key, state: 'half_open', reason: 'HTTP_403' }));
const allOf = (family: string) => ['shorts', 'medium', 'long'].map((bucket) => `p:yt-dlp:${family}:${bucket}`);
const judge = (score: [attempts: number, errors: number], circuits: ListedCircuit[] = [], changes = {}) =>
  judgeHealth({ ...YT_DLP, ...changes }, { attempts: score[0], errors: score[1] }, new ClosedWays(circuits));

describe('the health of a provider', () => {
  it.each<[string, number, number, string]>([
    ['nothing tried', 0, 0, 'healthy'],
    ['all well', 100, 0, 'healthy'],
    ['under 10 %', 100, 9, 'healthy'],
    ['10 %', 10, 1, 'degraded'],
    ['50 % of many', 10, 5, 'degraded'],
    ['over 50 % of four', 4, 4, 'degraded'],
    ['60 % of five', 5, 3, 'down'],
    ['all fail', 50, 50, 'down'],
  ])('by its errors: %s', (_what, attempts, errors, status) => {
    expect(judge([attempts, errors])).toEqual({ status, troubles: status === 'down' ? ['errors'] : [] });
  });

  it.each<[string, ListedCircuit[], string, Trouble[]]>([
    ['one bucket', open('p:yt-dlp:youtube:long'), 'degraded', []],
    ['a bucket of a platform that it does not serve', open('p:yt-dlp:pinterest:long'), 'healthy', []],
    ['circuits of another provider', open('p:yt-dlp-2', 'p:savenow:youtube:long'), 'healthy', []],
    ['every bucket of a platform', open(...allOf('youtube')), 'down', ['circuits']],
    [
      'every bucket, one of them half open',
      [...open(...allOf('youtube').slice(1)), ...halfOpen('p:yt-dlp:youtube:shorts')],
      'degraded',
      [],
    ],
    ['the whole provider', open('p:yt-dlp'), 'down', ['shut_off']],
    ['the whole provider, half open', halfOpen('p:yt-dlp'), 'degraded', []],
    ['its only way out', open('e:direct'), 'down', ['circuits']],
    ['its only way out to a platform', open('e:direct:tiktok'), 'down', ['circuits']],
    ['its only way out to a platform that it does not serve', open('e:direct:instagram'), 'healthy', []],
    ['a way out that is not its own', open('e:other'), 'healthy', []],
  ])('by its circuits: %s', (_what, circuits, status, troubles) => {
    expect(judge([0, 0], circuits)).toEqual({ status, troubles });
  });

  it('goes on with the ways out that are left, until none is', () => {
    const pool = { egresses: ['one', 'two'] };
    expect(judge([0, 0], open('e:one:youtube'), pool).status).toBe('degraded');
    expect(judge([0, 0], open('e:one:youtube', 'e:two:tiktok'), pool).status).toBe('degraded');
    expect(judge([0, 0], open('e:one:youtube', 'e:two'), pool).status).toBe('down');
  });

  it('of an API does not depend on our ways out', () => {
    expect(judge([0, 0], open('e:direct'), { obeysEgressCircuits: false }).status).toBe('healthy');
  });

  it('that cannot work here is down, whatever else', () => {
    expect(judge([0, 0], [], { notReady: 'yt-dlp is not installed' })).toEqual({
      status: 'down',
      troubles: ['not_ready'],
    });
    expect(judge([10, 9], open('p:yt-dlp'), { notReady: 'no' }).troubles).toEqual(['errors', 'shut_off', 'not_ready']);
  });
});
