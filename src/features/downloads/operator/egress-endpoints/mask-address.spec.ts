import { maskAddress } from './mask-address.js';

describe('maskAddress', () => {
  it.each([
    ['socks5://ann:secret@proxy.example.com:1080', 'socks5://••••@proxy.example.com:1080'],
    ['http://token@proxy.example.com:3128/path', 'http://••••@proxy.example.com:3128'],
    ['http://:secret@10.0.0.1:3128', 'http://••••@10.0.0.1:3128'],
    ['https://proxy.example.com', 'https://proxy.example.com'],
    ['socks5://[::1]:1080', 'socks5://[::1]:1080'],
  ])('shows %s as %s', (address, shown) => {
    expect(maskAddress(address)).toBe(shown);
  });
});
