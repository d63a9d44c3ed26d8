import { captionOf } from './caption.js';

describe('captionOf', () => {
  it('escapes the title and puts the note below', () => {
    expect(captionOf('Tom & <Jerry>', 'A note')).toBe('Tom &amp; &lt;Jerry&gt;\n\nA note');
    expect(captionOf(null, null)).toBe('');
  });

  it('cuts a long title to what Telegram takes, before escaping and never inside a character', () => {
    const caption = captionOf('😀'.repeat(600), null);
    expect(caption.length).toBeLessThanOrEqual(1_024);
    expect(caption.endsWith('😀…')).toBe(true);
    expect(captionOf('&'.repeat(1_024), null)).toBe('&amp;'.repeat(1_024));
  });
});
