import { ManualClock } from '../../../../platform/clock/testing/manual-clock.js';
import { scriptedCall } from '../testing/provider-world.js';
import { FreshInfos } from './fresh-infos.js';

const call = (url: string, egress = 'direct', proxyUrl = 'http://proxy') =>
  scriptedCall({ link: { platform: 'youtube', mediaKey: 'youtube:x', canonicalUrl: url }, egress, proxyUrl });

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
