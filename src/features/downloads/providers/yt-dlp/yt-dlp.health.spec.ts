import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { ProviderRegistry } from '../provider-registry.js';
import type { Provider, ProviderReadiness } from '../provider.js';
import { YtDlpHealth } from './yt-dlp.health.js';

const clock = new ManualClock(Date.UTC(2026, 10, 20, 14));

function healthOf(...answers: ProviderReadiness[]): YtDlpHealth {
  const programs = answers.map((answer): Provider => ({
    name: 'yt-dlp',
    kind: 'local',
    readiness: () => Promise.resolve(answer),
    download: () => Promise.reject(new Error('not here')),
  }));
  return new YtDlpHealth(new ProviderRegistry(programs, clock), clock);
}

describe('YtDlpHealth', () => {
  it.each<[ProviderReadiness[], object]>([
    [[{ ready: true, version: '2026.08.19' }], { status: 'ok', version: '2026.08.19 (93 days old)' }],
    [[{ ready: true, version: '2026.11.19' }], { status: 'ok', version: '2026.11.19 (1 day old)' }],
    [
      [{ ready: true, version: '2026.08.19', reason: 'no curl_cffi' }],
      { status: 'degraded', reason: 'no curl_cffi', version: '2026.08.19 (93 days old)' },
    ],
    [
      [{ ready: false, reason: 'program yt-dlp is not there' }],
      { status: 'unavailable', reason: 'program yt-dlp is not there' },
    ],
    [[], { status: 'unavailable', reason: 'there is no such adapter' }],
  ])('of %j is %j', async (answers, state) => {
    expect(await healthOf(...answers).check()).toEqual(state);
  });
});
