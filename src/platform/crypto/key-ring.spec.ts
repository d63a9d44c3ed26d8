import { DomainError } from '../errors/domain-error.js';
import { parseEncryptionKeys } from './encryption-key.js';
import { keyIdOf, KeyRing } from './key-ring.js';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const ring = (...keys: string[]) =>
  new KeyRing({ jwtSecret: undefined, encryptionKeys: parseEncryptionKeys(keys.join(',')) });
const place = 'credentials:1:token';

describe('KeyRing', () => {
  const old = ring(`a:${key(1)}`);

  it('opens what it closed, and closes the same text differently each time', () => {
    const first = old.encrypt('пароль 🔑', place);
    expect(first).toMatch(/^v1\.a\.[\w-]+$/);
    expect(first).not.toBe(old.encrypt('пароль 🔑', place));
    expect(old.decrypt(first, place)).toBe('пароль 🔑');
    expect(old.decrypt(old.encrypt('', place), place)).toBe('');
  });

  it('closes with the newest key and opens with older ones', () => {
    const rotated = ring(`b:${key(2)}`, `a:${key(1)}`);
    expect(rotated.encrypt('x', place)).toMatch(/^v1\.b\./);
    expect(rotated.decrypt(old.encrypt('x', place), place)).toBe('x');
  });

  it('knows what it has not encrypted with its newest key', () => {
    const rotated = ring(`b:${key(2)}`, `a:${key(1)}`);
    expect(rotated.isCurrent(rotated.encrypt('x', place))).toBe(true);
    expect(rotated.isCurrent(old.encrypt('x', place))).toBe(false);
    expect(rotated.isCurrent('b')).toBe(false);
    expect(keyIdOf(old.encrypt('x', place))).toBe('a');
    // What is no ciphertext may be a secret itself.
    expect(keyIdOf('v1.hunter2')).toBeUndefined();
  });

  it('does not open in another place, with another key under that id, changed, cut or unknown', () => {
    const closed = old.encrypt('secret', place);
    // Not the last character: some of its bits mean nothing.
    const flipped = `${closed.slice(0, -2)}${closed.at(-2) === 'A' ? 'B' : 'A'}${closed.slice(-1)}`;
    const attempts: (() => string)[] = [
      () => old.decrypt(closed, 'credentials:2:token'),
      () => ring(`a:${key(9)}`).decrypt(closed, place),
      () => ring(`b:${key(1)}`).decrypt(closed, place),
      () => ring(`b:${key(1)}`).decrypt(closed.replace('.a.', '.b.'), place),
      () => old.decrypt(closed.replace('v1', 'v2'), place),
      () => old.decrypt(flipped, place),
      () => old.decrypt(closed.slice(0, 20), place),
      () => old.decrypt('', place),
    ];
    for (const attempt of attempts) {
      expect(attempt).toThrow(expect.objectContaining({ code: 'crypto.undecipherable' }) as DomainError);
    }
  });
});

describe('parseEncryptionKeys', () => {
  it('reads them newest first', () => {
    expect(parseEncryptionKeys(`new:${key(2)}, old-1:${key(1)}`).map(({ id }) => id)).toEqual(['new', 'old-1']);
  });

  it.each([
    ['short', `a:${Buffer.alloc(16).toString('base64')}`],
    ['nameless', key(1)],
    ['twice', `a:${key(1)},a:${key(2)}`],
  ])('refuses a list that is %s', (_, text) => {
    expect(() => parseEncryptionKeys(text)).toThrow();
  });
});
