import type { TextVariables } from '../../telegram/index.js';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Telegram's HTML knows just these three. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character);
}

const CHARACTERS = new Map(Object.entries(ESCAPES).map(([character, escape]) => [escape, character]));

/** Telegram HTML without its markup, for what shows text as it is. */
export function plainText(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&(?:amp|lt|gt);/g, (escape) => CHARACTERS.get(escape) ?? escape);
}

/** Puts escaped variables where `{name}` stands; a name that was not given stays as it is, so that the slip is seen. */
export function fill(template: string, variables: TextVariables): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = variables[name];
    return value === undefined ? placeholder : escapeHtml(String(value));
  });
}
