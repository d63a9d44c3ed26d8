import { formatHostPort, HostPortSet } from './host-port.js';

describe('formatHostPort', () => {
  it('puts IPv6 in brackets', () => {
    expect([formatHostPort('1.2.3.4', 80), formatHostPort('::1', 80), formatHostPort('a.b', 1)]).toEqual([
      '1.2.3.4:80',
      '[::1]:80',
      'a.b:1',
    ]);
  });
});

describe('HostPortSet', () => {
  const set = new HostPortSet(['Media.Local:9000', '127.0.0.1:8080', '[::1]:8081', '0x7f000002:1']);

  it.each([
    ['media.local', 9000, true],
    ['MEDIA.LOCAL', 9000, true],
    ['media.local', 9001, false],
    ['evil-media.local', 9000, false],
    ['127.0.0.1', 8080, true],
    ['2130706433', 8080, true],
    ['127.0.0.1', 80, false],
    ['::1', 8081, true],
    ['0:0:0:0:0:0:0:1', 8081, true],
    ['127.0.0.2', 1, true],
  ])('%s:%d is in it: %s', (host, port, expected) => {
    expect(set.has(host, port)).toBe(expected);
  });

  it.each(['media.local', ':80', 'media.local:http', ''])('refuses «%s»', (entry) => {
    expect(() => new HostPortSet([entry])).toThrow('is not host:port');
  });
});
