import { generationTexts } from './generation.texts.js';

/** What a button of the menu says, in whichever language: the keyboard in a chat may be older than the choice of one. */
export function labelsOf(key: `menu.${string}` & keyof typeof generationTexts): string[] {
  const { en, ru } = generationTexts[key];
  return [en, ru];
}
