import type { BotCommand } from '../../telegram/index.js';

export const generationCommands: BotCommand[] = [
  { command: 'start', description: { en: 'The menu', ru: 'Меню' } },
  { command: 'help', description: { en: 'How it works', ru: 'Как это работает' } },
  { command: 'balance', description: { en: 'Credits and where they went', ru: 'Кредиты и на что они ушли' } },
  { command: 'videos', description: { en: 'My videos', ru: 'Мои видео' } },
  {
    command: 'cancel',
    description: { en: 'Drop the order that is not confirmed yet', ru: 'Отменить оформление заказа' },
  },
  { command: 'lang', description: { en: 'Choose the language', ru: 'Выбрать язык' } },
];
