import type { Language } from '../../telegram/index.js';

const FORMS: Record<Language, Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }> = {
  en: { one: 'credit', other: 'credits' },
  ru: { one: 'кредит', few: 'кредита', other: 'кредитов' },
};
const RULES: Record<Language, Intl.PluralRules> = { en: new Intl.PluralRules('en'), ru: new Intl.PluralRules('ru') };

/** `1 credit`, `5 кредитов`. */
export function credits(amount: number, language: Language): string {
  const forms = FORMS[language];
  return `${amount} ${forms[RULES[language].select(amount)] ?? forms.other}`;
}
