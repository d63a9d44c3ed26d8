import { publicBase } from './public-base.js';

describe('publicBase', () => {
  it.each([
    ['https://nexus.example', 'https://nexus.example'],
    ['https://nexus.example/under/', 'https://nexus.example/under'],
    ['https://8.8.8.8', 'https://8.8.8.8'],
    ['http://nexus.example', null],
    ['https://localhost:3000', null],
    ['https://nexus.localhost', null],
    ['https://127.0.0.2', null],
    ['https://[::1]:3000', null],
    ['https://10.0.0.5', null],
    [undefined, null],
  ])('takes %s for %s', (publicBaseUrl, expected) => {
    expect(publicBase({ publicBaseUrl })).toBe(expected);
  });
});
