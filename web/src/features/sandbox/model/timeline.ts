import type { Entry } from './conversation-reducer';

interface DayItem {
  kind: 'day';
  key: string;
  date: Date;
}

/** One bubble. Several entries are an album. */
export interface MessagesItem {
  kind: 'messages';
  key: string;
  entries: [Entry, ...Entry[]];
  /** First and last of a run of messages by one sender: the name goes on top, the tail at the bottom. */
  isFirst: boolean;
  isLast: boolean;
}

/** What the conversation shows under each other. */
export type TimelineItem = DayItem | MessagesItem;

const RUN_BREAK_SEC = 10 * 60;

export function toTimeline(entries: readonly Entry[]): TimelineItem[] {
  const items: TimelineItem[] = [];
  for (const entry of entries) {
    const item = items.at(-1);
    const bubble = item?.kind === 'messages' ? item : null;
    const before = bubble?.entries.at(-1);
    if (bubble && before && isSameAlbum(before, entry)) {
      bubble.entries.push(entry);
      continue;
    }
    const continues = before !== undefined && isSameRun(before, entry);
    if (bubble && continues) bubble.isLast = false;
    if (!before || !isSameDay(before, entry)) items.push(dayOf(entry));
    items.push({ kind: 'messages', key: entry.key, entries: [entry], isFirst: !continues, isLast: true });
  }
  return items;
}

const dateOf = (entry: Entry): Date => new Date(entry.message.date * 1000);

const dayOf = (entry: Entry): DayItem => ({ kind: 'day', key: dateOf(entry).toDateString(), date: dateOf(entry) });

const isSameDay = (a: Entry, b: Entry): boolean => dateOf(a).toDateString() === dateOf(b).toDateString();

const isSameAlbum = (a: Entry, b: Entry): boolean =>
  a.message.media_group_id !== undefined && a.message.media_group_id === b.message.media_group_id;

const isSameRun = (a: Entry, b: Entry): boolean =>
  isSameDay(a, b) && a.message.from?.id === b.message.from?.id && b.message.date - a.message.date < RUN_BREAK_SEC;
