import { afterwardsButtons, inlineKeyboard, kindRows, pagerRow, stepButtons } from './keyboards.js';

const ID = '0a0a0a0a-0a0a-0a0a-0a0a-0a0a0a0a0a0a';
const say = (key: string) => key;
const dataOf = (buttons: object[]) =>
  buttons.map((button) => ('callback_data' in button ? String(button.callback_data) : null));

describe('the buttons', () => {
  it('of a step end with the way back and the way out', () => {
    const { inline_keyboard: rows } = stepButtons(say, { id: ID, step: 'kind' }, kindRows(say));
    expect(rows.map(dataOf)).toEqual([['kind:ugc', 'kind:ad'], ['kind:own'], [`back:${ID}:kind`, `cancel:${ID}`]]);
  });

  it('of a video lead to another one and to the menu', () => {
    expect(dataOf(afterwardsButtons(say, ID).inline_keyboard.flat())).toEqual([`again:${ID}`, 'menu']);
  });

  it.each([
    [1, 1, []],
    [1, 3, ['videos:2']],
    [2, 3, ['videos:1', 'videos:3']],
    [3, 3, ['videos:2']],
  ])('of page %i of %i lead to its neighbours', (page, pages, expected) => {
    expect(dataOf(pagerRow(say, 'videos', page, pages))).toEqual(expected);
  });

  it('fit into what Telegram takes', () => {
    const all = [...stepButtons(say, { id: ID, step: 'product' }).inline_keyboard.flat()];
    for (const data of dataOf(all)) expect(Buffer.byteLength(data ?? '')).toBeLessThanOrEqual(64);
  });

  it('are none without rows that have some', () => {
    expect(inlineKeyboard([[], []])).toBeUndefined();
    expect(inlineKeyboard([[], [{ text: 'a', callback_data: 'a' }]])?.inline_keyboard).toHaveLength(1);
  });
});
