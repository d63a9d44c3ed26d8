import type { MediaKind, ReadyFile } from '../../features/downloads/index.js';
import { mediaMessage } from './media-message.js';

const known = (kind: MediaKind): ReadyFile => ({
  kind,
  source: { fileId: `id-of-${kind}` },
  width: 640,
  height: 360,
  durationSec: 8.4,
});
const fresh = (kind: MediaKind, extension: string, thumbnailKey: string | null = null): ReadyFile => ({
  ...known(kind),
  source: { storageKey: `downloads/1/0${extension}`, thumbnailKey, sizeBytes: 7 },
});
const message = (files: ReadyFile[], title: string | null = 'A title', caption = 'A caption') =>
  mediaMessage({ files, title, mayNotPlayEverywhere: false }, caption);
const captioned = { caption: 'A caption', parse_mode: 'HTML' };
const shape = { supports_streaming: true, width: 640, height: 360, duration: 8 };

describe('mediaMessage', () => {
  it.each([
    ['video', 'sendVideo', { ...captioned, ...shape }],
    ['photo', 'sendPhoto', captioned],
    ['document', 'sendDocument', captioned],
    ['audio', 'sendAudio', { title: 'A title', duration: 8 }],
  ] as const)('sends a %s by %s', (kind, method, params) => {
    expect(message([known(kind)])).toEqual({ method, params: { [kind]: `id-of-${kind}`, ...params }, files: {} });
  });

  it('uploads what is new, with its picture, under the name of its title', () => {
    expect(message([fresh('audio', '.m4a', 'downloads/1/0.jpg')], 'AC/DC: "Live"')).toMatchObject({
      method: 'sendAudio',
      params: { title: 'AC/DC: "Live"' },
      files: {
        audio: { key: 'downloads/1/0.m4a', filename: 'AC DC Live.m4a' },
        thumbnail: { key: 'downloads/1/0.jpg' },
      },
    });
    expect(message([fresh('video', '.mp4')], null).files).toEqual({
      video: { key: 'downloads/1/0.mp4', filename: 'video.mp4' },
    });
  });

  it('leaves out what nobody knows', () => {
    const file = { ...known('video'), width: null, height: null, durationSec: null };
    expect(message([file], null, '').params).toEqual({ video: 'id-of-video', supports_streaming: true });
    expect(message([{ ...file, kind: 'audio' }], null, '').params).toEqual({ audio: 'id-of-video' });
  });

  it('puts several into an album, with the caption under the first', () => {
    const files = [fresh('photo', '.jpg'), fresh('video', '.mp4', 'downloads/1/1.jpg'), known('photo')];
    expect(message(files)).toEqual({
      method: 'sendMediaGroup',
      params: {
        media: [
          { type: 'photo', media: 'attach://file0', ...captioned },
          { type: 'video', media: 'attach://file1', thumbnail: 'attach://thumbnail1', ...shape },
          { type: 'photo', media: 'id-of-photo' },
        ],
      },
      files: {
        file0: { key: 'downloads/1/0.jpg', filename: 'A title 1.jpg' },
        file1: { key: 'downloads/1/0.mp4', filename: 'A title 2.mp4' },
        thumbnail1: { key: 'downloads/1/1.jpg', filename: 'thumbnail.jpg' },
      },
    });
  });

  it('has nothing to say without files', () => {
    expect(() => message([])).toThrow('nothing to send');
  });
});
