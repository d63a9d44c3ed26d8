import type { Catalog } from './catalog.js';

/** What every bot can say. */
export const commonTexts = {
  'error.internal': {
    en: 'Something went wrong on our side. Please try again in a minute.',
    ru: 'Что-то пошло не так на нашей стороне. Попробуйте ещё раз через минуту.',
  },
  'error.too_fast': {
    en: 'Not so fast, please: I can’t keep up. Try again in a few seconds.',
    ru: 'Не так быстро, пожалуйста: я не успеваю. Повторите через несколько секунд.',
  },
} satisfies Catalog;
