import { choiceButtons, heightButtons } from './choice-buttons.js';

const ID = '0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a';
const say = (key: string) => key;

describe('the buttons under a video', () => {
  it('offer another quality and the sound', () => {
    expect(choiceButtons(say, ID)).toEqual({
      inline_keyboard: [
        [
          { text: 'button.quality', callback_data: `quality:${ID}` },
          { text: 'button.audio', callback_data: `audio:${ID}` },
        ],
      ],
    });
  });

  it('show the heights in their order, and the way back at the end', () => {
    const { inline_keyboard: rows } = heightButtons(say, ID, [1080, 720, 480, 360]);
    expect(rows.map((row) => row.map(({ text }) => text))).toEqual([
      ['1080p', '720p', '480p'],
      ['360p', 'button.back'],
    ]);
    expect(rows.flat()).toContainEqual({ text: '720p', callback_data: `q:${ID}:720` });
    expect(rows.flat().at(-1)).toMatchObject({ callback_data: `back:${ID}` });
  });

  it('fit into what Telegram takes', () => {
    const data = heightButtons(say, ID, [4320])
      .inline_keyboard.flat()
      .map((button) => 'callback_data' in button && button.callback_data);
    for (const each of data) expect(String(each).length).toBeLessThanOrEqual(64);
  });
});
