import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { ProviderRegistry } from '../provider-registry.js';
import type { Provider, ProviderReadiness } from '../provider.js';
import { PytubefixHealth } from './pytubefix.health.js';

function healthOf(...answers: ProviderReadiness[]): PytubefixHealth {
  const adapters = answers.map((answer): Provider => ({
    name: 'pytubefix',
    kind: 'local',
    readiness: () => Promise.resolve(answer),
    download: () => Promise.reject(new Error('not here')),
  }));
  return new PytubefixHealth(new ProviderRegistry(adapters, new ManualClock()));
}

describe('PytubefixHealth', () => {
  it.each<[ProviderReadiness[], object]>([
    [[{ ready: true, version: '11.2.1' }], { status: 'ok', version: '11.2.1' }],
    [
      [{ ready: true, version: '11.2.1', reason: 'no ffmpeg' }],
      { status: 'degraded', reason: 'no ffmpeg', version: '11.2.1' },
    ],
    [[{ ready: false, reason: 'there is no Python' }], { status: 'unavailable', reason: 'there is no Python' }],
    [[], { status: 'unavailable', reason: 'there is no such adapter' }],
  ])('of %j is %j', async (answers, state) => {
    expect(await healthOf(...answers).check()).toEqual(state);
  });
});
