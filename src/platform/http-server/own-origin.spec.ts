import type { Request } from 'express';
import { isFromOwnPage } from './own-origin.js';

const PUBLIC = 'https://nexus.example.com';
const from = (origin: string | undefined, host = '10.0.0.1:3000') => ({ headers: { origin }, host }) as Request;

describe('isFromOwnPage', () => {
  it.each([PUBLIC, `${PUBLIC}:443`, 'http://10.0.0.1:3000'])('knows %s for its own', (origin) => {
    expect(isFromOwnPage(from(origin), `${PUBLIC}/base`)).toBe(true);
  });

  it.each([
    undefined,
    'null',
    'nonsense',
    'http://nexus.example.com',
    'https://nexus.example.com:8443',
    'https://evil.nexus.example.com',
    'https://nexus.example.com.evil.com',
    'http://10.0.0.1',
    'http://10.0.0.1:3001',
  ])('takes %s for foreign', (origin) => {
    expect(isFromOwnPage(from(origin), PUBLIC)).toBe(false);
    expect(isFromOwnPage(from(origin), undefined)).toBe(false);
  });
});
