import type { Language } from './language';

/** British English, because the interface shows 24-hour time in both languages. */
const LOCALES: Record<Language, string> = { en: 'en-GB', ru: 'ru-RU' };

export const formatTime = (date: Date, language: Language): string =>
  date.toLocaleTimeString(LOCALES[language], { hour: '2-digit', minute: '2-digit' });

export const formatTimeWithSeconds = (date: Date, language: Language): string =>
  date.toLocaleTimeString(LOCALES[language], { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const formatDateTime = (date: Date, language: Language): string =>
  date.toLocaleString(LOCALES[language], { dateStyle: 'medium', timeStyle: 'medium' });

/** «Today», «Yesterday» or the date; the year only when it is not this one. */
export function formatDay(date: Date, today: Date, language: Language): string {
  const days = Math.round((startOfDay(today) - startOfDay(date)) / 86_400_000);
  if (days === 0 || days === 1) {
    const word = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto' }).format(-days, 'day');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const sameYear = date.getFullYear() === today.getFullYear();
  return date.toLocaleDateString(LOCALES[language], {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}

const startOfDay = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Seconds as `m:ss` or `h:mm:ss`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`;
}

/** Bytes in decimal units, as Telegram shows them: `812 B`, `4.2 MB`. */
export function formatSize(bytes: number, language: Language): string {
  const units = language === 'ru' ? ['Б', 'КБ', 'МБ', 'ГБ'] : ['B', 'KB', 'MB', 'GB'];
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  const digits = power > 0 && value < 10 ? 1 : 0;
  const number = value.toLocaleString(LOCALES[language], { maximumFractionDigits: digits });
  return `${number} ${units[power] ?? ''}`;
}
