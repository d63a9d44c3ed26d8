/** PostgreSQL keeps no zero bytes, and its JSON no halves of characters. What comes from outside may have both. */
export function storableText(text: string): string {
  return Buffer.from(text.replaceAll('\0', '')).toString();
}
