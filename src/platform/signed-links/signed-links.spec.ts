import { ManualClock } from '../clock/testing/manual-clock.js';
import { SignedLinks, type SignedFile } from './signed-links.js';

const OWNER = '7a1f0f5e-4d0b-4a5e-9a53-3b8d4b5f2a10';
const FILE: SignedFile = {
  owner: OWNER,
  key: `media/user_${OWNER}/rec/video.mp4`,
  fileName: 'Лекция.mp4',
  contentType: 'video/mp4',
  disposition: 'inline',
};
const MINUTE = 60_000;

describe('SignedLinks', () => {
  const clock = new ManualClock();
  const links = new SignedLinks({ jwtSecret: 'secret', encryptionKeys: undefined }, clock);
  const tokenOf = (file: SignedFile) => links.make(file).replace('/api/v1/files/', '');
  const invalid = expect.objectContaining({ code: 'files.link_invalid', kind: 'not_found' }) as Error;

  it('read back what they were made for, and need no escaping', () => {
    const token = tokenOf(FILE);
    expect(links.read(token)).toEqual(FILE);
    expect(encodeURIComponent(token)).toBe(token);
  });

  it('are good for five minutes', () => {
    const token = tokenOf(FILE);
    clock.advance(5 * MINUTE - 1);
    expect(links.read(token)).toEqual(FILE);
    clock.advance(1);
    expect(() => links.read(token)).toThrow(invalid);
  });

  it('bear no change of a single bit, no other secret and no other form', () => {
    const token = tokenOf(FILE);
    for (let at = 0; at < token.length; at++) {
      for (let bit = 0; bit < 7; bit++) {
        const changed = String.fromCharCode(token.charCodeAt(at) ^ (1 << bit));
        expect(() => links.read(token.slice(0, at) + changed + token.slice(at + 1))).toThrow(invalid);
      }
    }
    const others = new SignedLinks({ jwtSecret: 'another', encryptionKeys: undefined }, clock);
    const [payload = ''] = token.split('.');
    const strange = ['', '.', payload, `${payload}.`, `${token}.`, `${token}=`, token.slice(1), token.slice(0, -1)];
    for (const bad of [...strange, others.make(FILE).replace('/api/v1/files/', '')]) {
      expect(() => links.read(bad)).toThrow(invalid);
    }
  });

  it.each([
    'media/user_b/video.mp4',
    `media/user_${OWNER}/`,
    `media/user_${OWNER}`,
    `media/user_${OWNER}x/video.mp4`,
    `media/user_${OWNER}/../user_b/video.mp4`,
    `media/user_${OWNER}//video.mp4`,
    `/media/user_${OWNER}/video.mp4`,
    'secrets.json',
  ])('are not made for %s', (key) => {
    expect(() => links.make({ ...FILE, key })).toThrow('is not of user');
  });
});
