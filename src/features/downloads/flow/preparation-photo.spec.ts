import { preparePhoto } from './preparation-photo.js';

const MIB = 1_048_576;

describe('preparePhoto', () => {
  it.each([
    ['jpg', 1_080, 1_350, MIB, 'photo'],
    ['png', 5_000, 5_000, 10 * MIB, 'photo'],
    ['webp', 2_000, 100, MIB, 'photo'],
    ['heif', 1_080, 1_350, MIB, 'document'],
    ['gif', 100, 100, MIB, 'document'],
    ['jpg', 1_080, 1_350, 10 * MIB + 1, 'document'],
    ['jpg', 5_000, 5_001, MIB, 'document'],
    ['jpg', 2_001, 100, MIB, 'document'],
    ['jpg', 100, 2_001, MIB, 'document'],
  ])('%s of %i×%i and %i bytes is a %s', (format, width, height, sizeBytes, kind) => {
    const prepared = preparePhoto('/a', { format, width, height, sizeBytes });
    expect(prepared).toMatchObject({ kind, extension: `.${format}`, width, height, durationSec: null, sizeBytes });
  });
});
