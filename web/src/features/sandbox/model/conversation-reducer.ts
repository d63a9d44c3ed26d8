import { type TgMessage, textOf } from './bot-api';

export type FileField = 'photo' | 'video' | 'document';

/** What the browser knows of a picture or film: pixels, and seconds for a film. */
export interface Measures {
  width: number;
  height: number;
  duration?: number;
}

/** A file on its way out. `url` is a blob of this page. */
export interface LocalFile {
  field: FileField;
  file: File;
  url: string;
  measures: Measures | null;
}

/** What the user asks to send; kept with the entry so that a failed one can be sent again. */
export interface Draft {
  text: string;
  file?: LocalFile;
  replyTo?: TgMessage;
}

/** One line of the conversation: a message of the server, or one that is still on its way there. */
export interface Entry {
  /** Stays the same while a sent message turns into the server's, so that its bubble stays too. */
  key: string;
  message: TgMessage;
  status: 'sent' | 'sending' | 'failed';
  draft?: Draft;
  /** Deleted, and fading out. */
  isLeaving?: boolean;
}

export interface ConversationState {
  entries: readonly Entry[];
  isLoaded: boolean;
  /** What was told since the list was last asked for: newer than whatever the answer says. */
  news: { written: ReadonlySet<number>; deleted: ReadonlySet<number> };
}

export type ConversationAction =
  | { type: 'asked' }
  | { type: 'loaded'; messages: readonly (TgMessage & { deleted?: boolean })[] }
  | { type: 'received' | 'edited'; message: TgMessage }
  | { type: 'deleted' | 'vanished'; messageId: number }
  | { type: 'sending'; key: string; draft: Draft; message: TgMessage }
  | { type: 'sent'; key: string; message: TgMessage }
  | { type: 'failed' | 'retried' | 'discarded'; key: string };

const NO_NEWS: ConversationState['news'] = { written: new Set(), deleted: new Set() };

export const emptyConversation: ConversationState = { entries: [], isLoaded: false, news: NO_NEWS };

export function conversationReducer(state: ConversationState, action: ConversationAction): ConversationState {
  switch (action.type) {
    case 'asked':
      return { ...state, news: NO_NEWS };
    case 'loaded':
      return { ...state, isLoaded: true, entries: merge(state, action.messages) };
    case 'received':
    case 'edited':
      return written(state, action.message, put(state.entries, action.message));
    case 'deleted':
      return {
        ...state,
        news: { ...state.news, deleted: new Set(state.news.deleted).add(action.messageId) },
        entries: state.entries.map((entry) => (isOf(entry, action.messageId) ? { ...entry, isLeaving: true } : entry)),
      };
    case 'vanished':
      return withEntries(
        state,
        state.entries.filter((entry) => !isOf(entry, action.messageId)),
      );
    case 'sending':
      return withEntries(state, [
        ...state.entries,
        { key: action.key, message: action.message, draft: action.draft, status: 'sending' },
      ]);
    case 'sent':
      return written(state, action.message, settle(state.entries, action.key, action.message));
    case 'failed':
    case 'retried':
      return withEntries(
        state,
        state.entries.map((entry) =>
          entry.key === action.key ? { ...entry, status: action.type === 'failed' ? 'failed' : 'sending' } : entry,
        ),
      );
    case 'discarded':
      return withEntries(
        state,
        state.entries.filter((entry) => entry.key !== action.key),
      );
  }
}

const withEntries = (state: ConversationState, entries: readonly Entry[]): ConversationState => ({ ...state, entries });

const written = (
  state: ConversationState,
  { message_id: id }: TgMessage,
  entries: readonly Entry[],
): ConversationState => ({
  ...state,
  entries,
  news: { ...state.news, written: new Set(state.news.written).add(id) },
});

const isOf = (entry: Entry, messageId: number): boolean =>
  entry.status === 'sent' && entry.message.message_id === messageId;

const toEntry = (message: TgMessage): Entry => ({ key: `m${message.message_id}`, message, status: 'sent' });

/** The server's list, corrected by what was told while it was on its way. */
function merge(
  { entries, news }: ConversationState,
  messages: readonly (TgMessage & { deleted?: boolean })[],
): readonly Entry[] {
  const known = new Map(entries.filter(({ status }) => status === 'sent').map((e) => [e.message.message_id, e]));
  const listed = messages
    .filter(({ message_id: id, deleted }) => !deleted && !news.deleted.has(id) && !news.written.has(id))
    .map((message) => ({ ...(known.get(message.message_id) ?? toEntry(message)), message }));
  const newer = entries.filter(({ status, message }) => status !== 'sent' || news.written.has(message.message_id));
  return [...listed, ...newer].sort(byPlace);
}

/** Sent messages by id, then what is still on its way, in the order it was written. */
const byPlace = (a: Entry, b: Entry): number => placeOf(a) - placeOf(b);

const placeOf = ({ status, message }: Entry): number =>
  status === 'sent' ? message.message_id : Number.MAX_SAFE_INTEGER;

/** Replaces the message with this id, or else the unsent entry that it is the answer to, or else adds it in its place. */
function put(entries: readonly Entry[], message: TgMessage): readonly Entry[] {
  if (entries.some((entry) => isOf(entry, message.message_id))) {
    return entries.map((entry) => (isOf(entry, message.message_id) ? { ...entry, message } : entry));
  }
  const own = entries.find((entry) => entry.status === 'sending' && isSameContent(entry, message));
  if (own) return settle(entries, own.key, message);

  return [...entries, toEntry(message)].sort(byPlace);
}

/** The stream often tells of an own message before the request that sent it is answered. */
const isSameContent = (entry: Entry, message: TgMessage): boolean =>
  entry.message.from?.id === message.from?.id && textOf(entry.message) === textOf(message);

function settle(entries: readonly Entry[], key: string, message: TgMessage): readonly Entry[] {
  const pending = entries.find((entry) => entry.key === key && entry.status !== 'sent');
  if (!pending) return put(entries, message);
  const others = entries.filter((entry) => entry !== pending && !isOf(entry, message.message_id));
  return [...others, { key, message, status: 'sent' } satisfies Entry].sort(byPlace);
}
