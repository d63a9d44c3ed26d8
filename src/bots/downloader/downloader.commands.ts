import type { BotCommand } from '../../telegram/index.js';

export const downloaderCommands: BotCommand[] = [
  { command: 'start', description: { en: 'What this bot does', ru: 'Что умеет этот бот' } },
  { command: 'help', description: { en: 'How it works', ru: 'Как это работает' } },
  { command: 'lang', description: { en: 'Choose the language', ru: 'Выбрать язык' } },
];
