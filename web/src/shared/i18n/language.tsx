import { useLocalStorage } from '@mantine/hooks';
import { createContext, type ReactNode, use, useEffect } from 'react';

export type Language = 'en' | 'ru';

interface LanguageChoice {
  language: Language;
  setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageChoice | null>(null);

const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'ru';

const browserLanguage = (): Language => (navigator.language.toLowerCase().startsWith('ru') ? 'ru' : 'en');

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useLocalStorage<Language>({
    key: 'nexus.language',
    defaultValue: browserLanguage(),
    getInitialValueInEffect: false,
    serialize: (value) => value,
    deserialize: (value) => (isLanguage(value) ? value : browserLanguage()),
  });

  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);

  return <LanguageContext value={{ language, setLanguage }}>{children}</LanguageContext>;
}

export function useLanguage(): LanguageChoice {
  const choice = use(LanguageContext);
  if (!choice) throw new Error('useLanguage needs a LanguageProvider above it');
  return choice;
}
