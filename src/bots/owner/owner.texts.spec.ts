import { ownerTexts } from './owner.texts.js';

const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g));

describe('the words for owners', () => {
  it.each(Object.entries(ownerTexts))('say the same in both languages: %s', (_key, { en, ru }) => {
    expect(placeholders(ru)).toEqual(placeholders(en));
  });
});
