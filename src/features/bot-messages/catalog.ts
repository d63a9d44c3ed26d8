/** Words in both languages, as Telegram HTML; `{name}` stands for a variable. */
export interface Words {
  en: string;
  ru: string;
}

/** The words of a bot by message key. */
export type Catalog = Record<string, Words>;
