import type { Language } from '../../telegram/index.js';

type Forms = Record<Language, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

const CREDITS: Forms = {
  en: { one: 'credit', other: 'credits' },
  ru: { one: 'кредит', few: 'кредита', other: 'кредитов' },
};
const VIDEOS: Forms = { en: { one: 'video', other: 'videos' }, ru: { other: 'видео' } };
const RULES: Record<Language, Intl.PluralRules> = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') };

/** `1 credit`, `5 кредитов`. */
export function credits(amount: number, language: Language): string {
  return counted(amount, CREDITS, language);
}

/** `1 video`, `5 видео`. */
export function videos(amount: number, language: Language): string {
  return counted(amount, VIDEOS, language);
}

function counted(amount: number, all: Forms, language: Language): string {
  const forms = all[language];
  return `${amount} ${forms[RULES[language].select(amount)] ?? forms.other}`;
}
