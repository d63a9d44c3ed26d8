/** Cuts between characters, never inside one. The limit counts UTF-16 units, as Telegram does. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > limit - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
