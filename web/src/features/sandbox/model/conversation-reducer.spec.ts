import type { TgMessage } from './bot-api';
import {
  type ConversationAction,
  conversationReducer,
  type ConversationState,
  emptyConversation,
} from './conversation-reducer';

const ANNA = { id: 7, first_name: 'Anna' };
const BOT = { id: 100, first_name: 'Bot', is_bot: true };
const chat = { id: 7, type: 'private' };

const message = (id: number, text: string, extra: Partial<TgMessage> = {}): TgMessage => ({
  message_id: id,
  date: 1_000 + id,
  from: BOT,
  chat,
  text,
  ...extra,
});

const after = (...actions: ConversationAction[]): ConversationState =>
  actions.reduce<ConversationState>(conversationReducer, emptyConversation);

const texts = (state: ConversationState): (string | undefined)[] => state.entries.map((entry) => entry.message.text);

const sending = (key: string, text: string): ConversationAction => ({
  type: 'sending',
  key,
  draft: { text },
  message: { message_id: 0, date: 1_500, from: ANNA, chat, text },
});

describe('conversationReducer', () => {
  it('shows loaded messages without the deleted ones', () => {
    const state = after({ type: 'loaded', messages: [message(1, 'a'), { ...message(2, 'b'), deleted: true }] });
    expect(texts(state)).toEqual(['a']);
    expect(state.isLoaded).toBe(true);
  });

  it('adds a received message once, in the order of ids', () => {
    const state = after(
      { type: 'received', message: message(3, 'c') },
      { type: 'received', message: message(1, 'a') },
      { type: 'received', message: message(3, 'c') },
    );
    expect(texts(state)).toEqual(['a', 'c']);
  });

  it('replaces an edited message in place and keeps its key', () => {
    const before = after({ type: 'loaded', messages: [message(1, 'a'), message(2, 'b')] });
    const state = conversationReducer(before, { type: 'edited', message: message(1, 'A', { edit_date: 2_000 }) });
    expect(texts(state)).toEqual(['A', 'b']);
    expect(state.entries[0]?.key).toBe(before.entries[0]?.key);
  });

  it('lets a deleted message fade before it vanishes', () => {
    const fading = after(
      { type: 'loaded', messages: [message(1, 'a'), message(2, 'b')] },
      { type: 'deleted', messageId: 1 },
    );
    expect(fading.entries[0]?.isLeaving).toBe(true);
    expect(texts(conversationReducer(fading, { type: 'vanished', messageId: 1 }))).toEqual(['b']);
  });

  describe('a list that was asked for before something changed', () => {
    const before = after({ type: 'loaded', messages: [message(1, 'a'), message(2, 'b')] }, { type: 'asked' });
    const then = (...actions: ConversationAction[]): (string | undefined)[] =>
      texts(actions.reduce<ConversationState>(conversationReducer, before));

    it('does not bring a deleted message back', () => {
      const list: ConversationAction = { type: 'loaded', messages: [message(1, 'a'), message(2, 'b')] };
      expect(then({ type: 'deleted', messageId: 1 }, list)).toEqual(['b']);
    });

    it('does not undo an edit', () => {
      const list: ConversationAction = { type: 'loaded', messages: [message(1, 'a'), message(2, 'b')] };
      expect(then({ type: 'edited', message: message(1, 'A') }, list)).toEqual(['A', 'b']);
    });

    it('does not lose what arrived meanwhile', () => {
      const list: ConversationAction = { type: 'loaded', messages: [message(1, 'a')] };
      expect(then({ type: 'received', message: message(3, 'c') }, list)).toEqual(['a', 'c']);
    });

    it('drops what the server no longer has, also after a fresh start', () => {
      expect(then({ type: 'loaded', messages: [message(2, 'b')] })).toEqual(['b']);
      expect(then({ type: 'loaded', messages: [] })).toEqual([]);
    });

    it('is right about everything that was told before it was asked for', () => {
      const list: ConversationAction = { type: 'loaded', messages: [message(3, 'C')] };
      expect(then({ type: 'received', message: message(3, 'c') }, { type: 'asked' }, list)).toEqual(['C']);
    });
  });

  describe('sending', () => {
    const mine = message(5, 'hi', { from: ANNA });

    it('turns the pending entry into the message of the answer', () => {
      const state = after(sending('k', 'hi'), { type: 'sent', key: 'k', message: mine });
      expect(state.entries).toEqual([{ key: 'k', message: mine, status: 'sent' }]);
    });

    it.each([['stream first'], ['answer first']])('keeps one bubble with its key: %s', (order) => {
      const sent: ConversationAction = { type: 'sent', key: 'k', message: mine };
      const received: ConversationAction = { type: 'received', message: mine };
      const state = after(sending('k', 'hi'), ...(order === 'stream first' ? [received, sent] : [sent, received]));
      expect(state.entries).toEqual([{ key: 'k', message: mine, status: 'sent' }]);
    });

    it('does not take the same words of somebody else for its own', () => {
      const state = after(sending('k', 'hi'), { type: 'received', message: message(4, 'hi') });
      expect(state.entries.map((entry) => entry.status)).toEqual(['sent', 'sending']);
    });

    it('puts the answer of the bot after the message even when it came first', () => {
      const state = after(
        sending('k', 'hi'),
        { type: 'received', message: message(6, 'hello') },
        { type: 'sent', key: 'k', message: mine },
      );
      expect(texts(state)).toEqual(['hi', 'hello']);
    });

    it('marks a failure, sends again, or forgets it', () => {
      const failed = after(sending('k', 'hi'), { type: 'failed', key: 'k' });
      expect(failed.entries[0]).toMatchObject({ status: 'failed', draft: { text: 'hi' } });
      expect(conversationReducer(failed, { type: 'retried', key: 'k' }).entries[0]?.status).toBe('sending');
      expect(conversationReducer(failed, { type: 'discarded', key: 'k' }).entries).toEqual([]);
    });

    it('survives a reload of the list', () => {
      const state = after(sending('k', 'hi'), { type: 'loaded', messages: [message(1, 'a')] });
      expect(texts(state)).toEqual(['a', 'hi']);
    });
  });
});
