import { credits } from './credit-words.js';

describe('credits', () => {
  it.each([
    [0, '0 credits', '0 кредитов'],
    [1, '1 credit', '1 кредит'],
    [3, '3 credits', '3 кредита'],
    [5, '5 credits', '5 кредитов'],
    [11, '11 credits', '11 кредитов'],
    [21, '21 credits', '21 кредит'],
  ])('counts %i', (amount, english, russian) => {
    expect([credits(amount, 'en'), credits(amount, 'ru')]).toEqual([english, russian]);
  });
});
