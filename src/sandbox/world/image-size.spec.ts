import { jpegHead, png } from '../testing/pictures.js';
import { imageSize } from './image-size.js';

describe('imageSize', () => {
  it('measures PNG, JPEG, GIF and WebP by their heads', () => {
    const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([0x40, 0x01, 0xb4, 0]), Buffer.alloc(40)]);
    const webp = Buffer.alloc(64);
    webp.write('RIFF', 0, 'latin1');
    webp.write('WEBPVP8X', 8, 'latin1');
    webp.writeUIntLE(639, 24, 3);
    webp.writeUIntLE(359, 27, 3);
    expect(imageSize(png(30, 20))).toEqual({ width: 30, height: 20 });
    expect(imageSize(jpegHead(320, 180))).toEqual({ width: 320, height: 180 });
    expect(imageSize(gif)).toEqual({ width: 320, height: 180 });
    expect(imageSize(webp)).toEqual({ width: 640, height: 360 });
  });

  it('knows nothing else', () => {
    expect(imageSize(Buffer.from('text that is long enough to be looked at'))).toBeNull();
    expect(imageSize(Buffer.alloc(0))).toBeNull();
  });
});
