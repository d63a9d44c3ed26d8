import { type Language, useLanguage } from './language';

/** One feature's words in every language. The English object is the shape that the others must have. */
export type Texts<T> = Record<Language, T>;

export const defineTexts = <T>(en: T, ru: NoInfer<T>): Texts<T> => ({ en, ru });

export const useTexts = <T>(texts: Texts<T>): T => texts[useLanguage().language];
