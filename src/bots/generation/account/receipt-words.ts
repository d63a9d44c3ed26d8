import { escapeHtml } from '../../../features/bot-messages/index.js';
import type { CreditEntry, EntryKind } from '../../../features/credits/index.js';
import type { OperatorDay } from '../../../features/ops/index.js';
import type { Language } from '../../../telegram/index.js';

type Line = Pick<CreditEntry, 'kind' | 'availableDelta' | 'reference' | 'note'>;

const DAYS: Record<Language, Intl.DateTimeFormat> = {
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }),
  ru: new Intl.DateTimeFormat('ru', { day: '2-digit', month: '2-digit', timeZone: 'UTC' }),
};
/** Kinds whose note is a word of the operator to the person. */
const WITH_NOTE: readonly EntryKind[] = ['grant', 'purchase', 'refund', 'adjustment'];

/** One line of a person's receipt: `20 Nov · −1 · set aside for a video`. Telegram HTML. */
export function receiptLine(entry: Line, day: string, say: (key: string) => string): string {
  const { kind, availableDelta, note } = entry;
  const reason = say(`receipt.${isWelcome(entry) ? 'welcome' : kind}`);
  const told = note !== null && note !== '' && WITH_NOTE.includes(kind) ? ` (${escapeHtml(note)})` : '';
  return `${day} · ${signed(availableDelta)} · ${reason}${told}`;
}

/** `2026-11-20` → `20 Nov`, `20.11`: not everybody who reads English begins a date with its day. */
export function shortDay(day: OperatorDay, language: Language): string {
  return DAYS[language].format(new Date(day));
}

function isWelcome({ kind, reference }: Line): boolean {
  return kind === 'grant' && reference === 'welcome';
}

/** What was set aside before is spent without a change of what is available. */
function signed(delta: number): string {
  if (delta === 0) return '✓';
  return delta > 0 ? `+${delta}` : `−${-delta}`;
}
