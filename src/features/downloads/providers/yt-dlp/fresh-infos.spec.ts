import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import type { EgressFetch } from '../../../../platform/http/index.js';
import type { ProviderCall } from '../provider.js';
import { FreshInfos } from './fresh-infos.js';

const call = (url: string, egress = 'direct', proxyUrl = 'http://proxy'): ProviderCall => ({
  link: { platform: 'youtube', mediaKey: 'youtube:x', canonicalUrl: url },
  workDir: '/job',
  proxyUrl,
  fetch: {} as EgressFetch,
  egress,
  setup: { name: 'yt-dlp', baseUrl: null, apiHost: null, apiKey: null, options: {} },
  wish: { quality: 'best', kind: 'video' },
  durationSec: null,
  resume: null,
  limits: { maxBytes: 1, maxDurationSec: 1 },
  stallMs: 1,
  signal: new AbortController().signal,
});

describe('FreshInfos', () => {
  it('gives each out once', () => {
    const infos = new FreshInfos(new ManualClock());
    infos.keep(call('https://a'), 'facts');
    expect(infos.take(call('https://b'))).toBeNull();
    expect(infos.take(call('https://a'))).toBe('facts');
    expect(infos.take(call('https://a'))).toBeNull();
  });

  it('holds for the same way out only', () => {
    const infos = new FreshInfos(new ManualClock());
    infos.keep(call('https://a', 'berlin', 'http://proxy?attempt=1'), 'facts');
    expect(infos.take(call('https://a', 'paris'))).toBeNull();
    expect(infos.take(call('https://a', 'berlin', 'http://proxy?attempt=2'))).toBe('facts');
  });

  it('forgets after five minutes', () => {
    const clock = new ManualClock();
    const infos = new FreshInfos(clock);
    infos.keep(call('https://a'), 'facts');
    clock.advance(5 * 60_000);
    expect(infos.take(call('https://a'))).toBeNull();
  });

  it('keeps the youngest twenty', () => {
    const infos = new FreshInfos(new ManualClock());
    for (let i = 0; i <= 20; i++) infos.keep(call(`https://${i}`), String(i));
    expect(infos.take(call('https://0'))).toBeNull();
    expect(infos.take(call('https://1'))).toBe('1');
    expect(infos.take(call('https://20'))).toBe('20');
  });
});
