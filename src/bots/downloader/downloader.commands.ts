import type { BotCommand } from '../../telegram/index.js';

export const downloaderCommands: BotCommand[] = [
  { command: 'start', description: { en: 'What this bot does', ru: 'Что умеет этот бот' } },
  { command: 'help', description: { en: 'How it works', ru: 'Как это работает' } },
  { command: 'audio', description: { en: 'The sound alone: /audio and a link', ru: 'Только звук: /audio и ссылка' } },
  { command: 'lang', description: { en: 'Choose the language', ru: 'Выбрать язык' } },
];
