import { credits, videos } from './counted.js';

describe('what is counted', () => {
  it.each([
    [0, '0 credits', '0 кредитов'],
    [1, '1 credit', '1 кредит'],
    [3, '3 credits', '3 кредита'],
    [5, '5 credits', '5 кредитов'],
    [11, '11 credits', '11 кредитов'],
    [21, '21 credits', '21 кредит'],
  ])('are %i credits', (amount, english, russian) => {
    expect([credits(amount, 'en'), credits(amount, 'ru')]).toEqual([english, russian]);
  });

  it.each([
    [1, '1 video', '1 видео'],
    [3, '3 videos', '3 видео'],
  ])('are %i videos', (amount, english, russian) => {
    expect([videos(amount, 'en'), videos(amount, 'ru')]).toEqual([english, russian]);
  });
});
