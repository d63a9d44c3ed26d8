import { wishesIn } from './wishes.js';

describe('wishesIn', () => {
  it('finds words with and without numbers, wherever they stand', () => {
    expect(wishesIn('A mug, kie:429=2, KIE:After=0.5. Then «kie:no-callback».')).toEqual([
      { name: '429', value: 2 },
      { name: 'after', value: 0.5 },
      { name: 'no-callback', value: null },
    ]);
  });

  it('takes the first of those that are repeated', () => {
    expect(wishesIn('kie:temporary=1 and kie:temporary=2')).toEqual([{ name: 'temporary', value: 1 }]);
  });

  it.each(['', 'a kiosk', 'cookie:after=1', 'kie: after', 'kie:'])('finds none in «%s»', (prompt) => {
    expect(wishesIn(prompt)).toEqual([]);
  });
});
