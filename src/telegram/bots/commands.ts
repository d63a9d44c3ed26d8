import type { Bot } from './bot-registry.js';
import type { Language } from '../ports/audience.js';

/** Tells Telegram what the menu of a bot holds: English for everybody, Russian for those whose Telegram is. */
export async function publishCommands({ telegraf, commands }: Bot): Promise<void> {
  const inLanguage = (language: Language) =>
    commands.map(({ command, description }) => ({ command, description: description[language] }));
  await telegraf.telegram.setMyCommands(inLanguage('en'));
  await telegraf.telegram.setMyCommands(inLanguage('ru'), { language_code: 'ru' });
}
