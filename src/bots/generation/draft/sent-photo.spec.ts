import type { Message } from 'telegraf/types';
import { albumOf, photoIn } from './sent-photo.js';

const sizes = [
  { file_id: 'large', width: 900, height: 1_600 },
  { file_id: 'small', width: 90, height: 160 },
];

describe('photoIn', () => {
  it.each<[string, object, object | null]>([
    ['a photo, of which the largest counts', { photo: sizes }, { fileId: 'large', albumId: null }],
    ['one of an album', { photo: sizes, media_group_id: 'album' }, { fileId: 'large', albumId: 'album' }],
    ['a file', { document: { file_id: 'file' } }, { fileId: 'file', albumId: null }],
    ['a silent clip', { document: { file_id: 'clip' }, animation: {} }, null],
    ['words', { text: 'a mug' }, null],
  ])('finds in %s what there is', (_what, message, expected) => {
    expect(photoIn(message as unknown as Message)).toEqual(expected);
  });

  it('knows which album a message is of', () => {
    expect(albumOf({ media_group_id: 'album' } as unknown as Message)).toBe('album');
    expect(albumOf({} as Message)).toBeNull();
  });
});
