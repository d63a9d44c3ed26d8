import type { Catalog } from '../../../features/bot-messages/index.js';

/** What becomes of an order. A failure is `failure.{class}`. */
export const outcomeTexts = {
  started: { en: '🎬 Generation started, 1 to 30 minutes', ru: '🎬 Генерация запущена, от 1 до 30 минут' },
  retrying: { en: '🔁 Trying again', ru: '🔁 Пробуем ещё раз' },
  'button.again': { en: '🔄 Once more with this product', ru: '🔄 Ещё раз с этим товаром' },
  'button.menu': { en: '🏠 Menu', ru: '🏠 Меню' },

  'failure.USER_VIOLATION': {
    en: '🚫 {model} has refused this photo or description: its rules forbid such content, for example real people, other people’s brands and characters, violence or nudity.\n\nTry another photo, or describe the product in other words.',
    ru: '🚫 Модель {model} отказалась от этого фото или описания: её правила запрещают такое содержание, например реальных людей, чужие бренды и персонажей, насилие или наготу.\n\nПопробуйте другое фото или опишите товар иначе.',
  },
  'failure.unavailable': {
    en: '😔 Videos are temporarily unavailable.',
    ru: '😔 Создание видео временно недоступно.',
  },
  'failure.tried': {
    en: '😔 We tried several times, and this video did not work out.',
    ru: '😔 Мы пробовали несколько раз, но это видео не получилось.',
  },
  'failure.UNKNOWN': {
    en: '😔 This video did not work out.',
    ru: '😔 Это видео не получилось.',
  },
  cancelled: {
    en: 'This video was cancelled.',
    ru: 'Создание этого видео отменено.',
  },
  refund: {
    en: '↩️ We give back what your video of “{product}” has cost.',
    ru: '↩️ Возвращаем стоимость вашего видео «{product}».',
  },
  refunded: {
    en: '💳 Your credits are back: {credits}.',
    ru: '💳 Ваши кредиты вернулись: {credits}.',
  },
  'contact.write': { en: 'Write to us: {contact}', ru: 'Напишите нам: {contact}' },
  'contact.later': { en: 'Please try again later.', ru: 'Попробуйте, пожалуйста, позже.' },
} satisfies Catalog;
