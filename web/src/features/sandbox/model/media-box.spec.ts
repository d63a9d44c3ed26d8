import { fitMedia } from './media-box';

it.each([
  ['wide is limited by width', 1920, 1080, { width: 420, ratio: 16 / 9 }],
  ['tall is limited by height', 1080, 1920, { width: 259, ratio: 9 / 16 }],
  ['small keeps its size', 300, 200, { width: 300, ratio: 1.5 }],
  ['tiny is widened', 40, 40, { width: 160, ratio: 1 }],
  ['unknown is a square', 0, 0, { width: 320, ratio: 1 }],
])('fitMedia: %s', (_, width, height, box) => {
  expect(fitMedia(width, height)).toEqual(box);
});
