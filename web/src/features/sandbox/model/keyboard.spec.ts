import type { ReplyMarkup } from './bot-api';
import type { Entry } from './conversation-reducer';
import { forcedReply, keyboardMessage } from './keyboard';

const conversation = (...markups: (ReplyMarkup | undefined)[]): Entry[] =>
  markups.map((reply_markup, index) => ({
    key: String(index),
    status: 'sent',
    message: { message_id: index, date: 0, chat: { id: 1, type: 'private' }, reply_markup },
  }));

const keyboard = { keyboard: [[{ text: 'Balance' }]] };

describe('keyboardMessage', () => {
  it.each([
    ['none was ever sent', conversation(undefined), undefined],
    ['later messages have none', conversation(keyboard, undefined, { inline_keyboard: [] }), 0],
    ['a newer one replaces it', conversation(keyboard, keyboard), 1],
    ['it was removed', conversation(keyboard, { remove_keyboard: true }), undefined],
    ['it came back', conversation(keyboard, { remove_keyboard: true }, keyboard), 2],
  ])('when %s', (_, entries, id) => {
    expect(keyboardMessage(entries)?.message_id).toBe(id);
  });
});

it('forcedReply holds only for the newest message', () => {
  expect(forcedReply(conversation(undefined, { force_reply: true }))?.message_id).toBe(1);
  expect(forcedReply(conversation({ force_reply: true }, undefined))).toBeNull();
});
