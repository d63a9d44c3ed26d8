import { escapeHtml } from '../../../features/bot-messages/index.js';
import type { CreditEntry, EntryKind } from '../../../features/credits/index.js';
import type { OperatorDay } from '../../../features/ops/index.js';

type Line = Pick<CreditEntry, 'kind' | 'availableDelta' | 'reference' | 'note'>;

/** Kinds whose note is a word of the operator to the person. */
const WITH_NOTE: readonly EntryKind[] = ['grant', 'purchase', 'refund', 'adjustment'];

/** One line of a person's receipt: `20.11 · −1 · set aside for a video`. Telegram HTML. */
export function receiptLine(entry: Line, day: OperatorDay, say: (key: string) => string): string {
  const { kind, availableDelta, note } = entry;
  const reason = say(`receipt.${isWelcome(entry) ? 'welcome' : kind}`);
  const told = note !== null && note !== '' && WITH_NOTE.includes(kind) ? ` (${escapeHtml(note)})` : '';
  return `${shortDay(day)} · ${signed(availableDelta)} · ${reason}${told}`;
}

/** `2026-11-20` → `20.11`. */
export function shortDay(day: OperatorDay): string {
  const [, month = '', date = ''] = day.split('-');
  return `${date}.${month}`;
}

function isWelcome({ kind, reference }: Line): boolean {
  return kind === 'grant' && reference === 'welcome';
}

/** What was set aside before is spent without a change of what is available. */
function signed(delta: number): string {
  if (delta === 0) return '✓';
  return delta > 0 ? `+${delta}` : `−${-delta}`;
}
