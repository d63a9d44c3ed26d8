import { pixelShape, type PixelShape } from './pixel-shape.js';
import { type Ratio, SQUARE } from './ratio.js';
import { factsOf } from './testing/facts.js';

interface Case {
  size: [number, number];
  sar: Ratio;
  bitstreamSar?: Ratio | null;
  rotation?: number;
  squarePixels?: boolean;
}

const r = (num: number, den: number): Ratio => ({ num, den });

function shapeOf({
  size: [width, height],
  sar,
  bitstreamSar = sar,
  rotation = 0,
  squarePixels = false,
}: Case): PixelShape {
  const { video } = factsOf({ video: { width, height, sar, bitstreamSar, rotation } });
  return pixelShape(video!, squarePixels);
}

describe('pixelShape', () => {
  it.each<[string, Case, PixelShape['kind'], number, number]>([
    ['square', { size: [1280, 720], sar: SQUARE }, 'square', 1280, 720],
    ['square, turned', { size: [1280, 720], sar: SQUARE, rotation: 90 }, 'square', 720, 1280],
    ['the bitstream has no say', { size: [1280, 720], sar: SQUARE, bitstreamSar: null }, 'square', 1280, 720],
    ['container alone', { size: [360, 360], sar: r(16, 9), bitstreamSar: SQUARE }, 'mislabelled', 360, 360],
    ['bitstream alone', { size: [360, 360], sar: SQUARE, bitstreamSar: r(16, 9) }, 'mislabelled', 360, 360],
    ['both, but not the same', { size: [720, 576], sar: r(64, 45), bitstreamSar: r(16, 15) }, 'mislabelled', 720, 576],
    ['the same in other terms', { size: [720, 480], sar: r(32, 27), bitstreamSar: r(64, 54) }, 'anamorphic', 854, 480],
    ['almost square', { size: [1080, 1920], sar: r(1001, 1000) }, 'mislabelled', 1080, 1920],
    ['no usual shape either way', { size: [500, 500], sar: r(3, 2) }, 'mislabelled', 500, 500],
    ['a usual shape made unusual', { size: [1080, 1920], sar: r(16, 9) }, 'mislabelled', 1080, 1920],
    ['upright made lying', { size: [1080, 1920], sar: r(256, 81) }, 'mislabelled', 1080, 1920],
    ['known to be wrong', { size: [360, 360], sar: r(16, 9), squarePixels: true }, 'mislabelled', 360, 360],
    [
      'known to be wrong, turned',
      { size: [480, 360], sar: r(4, 3), rotation: 90, squarePixels: true },
      'mislabelled',
      360,
      480,
    ],
    ['really anamorphic', { size: [360, 360], sar: r(16, 9) }, 'anamorphic', 640, 360],
    ['PAL wide', { size: [720, 576], sar: r(16, 11) }, 'anamorphic', 1048, 576],
    ['NTSC', { size: [720, 480], sar: r(8, 9) }, 'anamorphic', 640, 480],
    ['HDV: both shapes usual', { size: [1440, 1080], sar: r(4, 3) }, 'anamorphic', 1920, 1080],
    ['anamorphic, turned', { size: [360, 360], sar: r(16, 9), rotation: 270 }, 'anamorphic', 360, 640],
    ['anamorphic VP9', { size: [360, 360], sar: r(16, 9), bitstreamSar: null }, 'anamorphic', 640, 360],
  ])('%s', (_name, given, kind, displayWidth, displayHeight) => {
    expect(shapeOf(given)).toMatchObject({ kind, displayWidth, displayHeight });
  });
});
