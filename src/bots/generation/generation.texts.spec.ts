import { generationTexts } from './generation.texts.js';

const placeholders = (text: string) => new Set(text.match(/\{\w+\}/g));
const texts = generationTexts as Record<string, { en: string; ru: string }>;

describe('the words of the generation bot', () => {
  it.each(Object.entries(texts))('say the same in both languages: %s', (_key, { en, ru }) => {
    expect(placeholders(ru)).toEqual(placeholders(en));
  });

  it.each([
    ['menu.generate', '🎬 Generate reels', '🎬 Создать рилс'],
    ['menu.balance', '💳 Balance', '💳 Баланс'],
    ['menu.videos', '📁 My videos', '📁 Мои видео'],
    ['menu.support', '🆘 Support', '🆘 Поддержка'],
    ['menu.language', '🌐 Language', '🌐 Язык'],
    ['button.ugc', 'UGC', 'UGC'],
    ['button.ad', 'Ad', 'Реклама'],
    ['button.own', 'My own prompt', 'Свой промпт'],
    ['button.go', '✅ Generate', '✅ Создать'],
    ['button.back', '◀ Back', '◀ Назад'],
    ['button.cancel', '✖ Cancel', '✖ Отмена'],
    ['button.again', '🔄 Once more with this product', '🔄 Ещё раз с этим товаром'],
    ['button.menu', '🏠 Menu', '🏠 Меню'],
    ['started', '🎬 Generation started, 1 to 30 minutes', '🎬 Генерация запущена, от 1 до 30 минут'],
    ['retrying', '🔁 Trying again', '🔁 Пробуем ещё раз'],
    ['short', 'Not enough credits: {missing} more needed', 'Не хватает кредитов: нужно ещё {missing}'],
  ])('are what others rely on: %s', (key, en, ru) => {
    expect(texts[key]).toEqual({ en, ru });
  });

  it('say of each refund that the credits are back', () => {
    expect(texts.refunded?.en).toContain('credits are back');
    expect(texts.refunded?.ru).toContain('кредиты вернулись');
  });

  it.each(['en', 'ru'] as const)('give advice once where nothing can be made, in %s', (language) => {
    const said = ['unavailable', 'contact.later'].map((key) => texts[key]?.[language] ?? '').join(' ');
    expect(said.match(/later|позже/g)).toHaveLength(1);
  });

  it('fit on buttons and into the answers to presses', () => {
    const short = Object.entries(texts).filter(([key]) => /^(press|button|dropped|videos\.gone)/.test(key));
    for (const [key, { en, ru }] of short) expect([key, Math.max(en.length, ru.length) <= 200]).toEqual([key, true]);
  });
});
