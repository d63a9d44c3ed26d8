import type { Update } from 'telegraf/types';
import { isLimited } from './is-limited.js';

const PERSON = { id: 7, is_bot: false, first_name: 'Anna' };
const GROUP = { id: -5, type: 'group', title: 'Talkers' };

const message = (fields: object) => ({ update_id: 1, message: { from: PERSON, ...fields } }) as unknown as Update;
const inGroup = (text: string, type?: string) =>
  message({ chat: GROUP, text, ...(type ? { entities: [{ type, offset: 0, length: text.length }] } : {}) });

describe('what is limited', () => {
  it.each([
    ['whatever is said in private', message({ chat: { id: 7, type: 'private' }, text: 'hi' }), true],
    ['a press', { update_id: 1, callback_query: { from: PERSON } } as unknown as Update, true],
    ['the talk of a group', inGroup('hi'), false],
    ['talk with bold words', inGroup('hi', 'bold'), false],
    ['a command in a group', inGroup('/start', 'bot_command'), true],
    ['a link in a group', inGroup('youtu.be/x', 'url'), true],
    ['a link under a picture', message({ chat: GROUP, caption: '…', caption_entities: [{ type: 'text_link' }] }), true],
    ['the name of the bot', inGroup('@Our_Bot', 'mention'), true],
    ['the name of somebody else', inGroup('@somebody', 'mention'), false],
    ['an answer to the bot', message({ chat: GROUP, reply_to_message: { from: { username: 'our_bot' } } }), true],
    ['an answer to a person', message({ chat: GROUP, reply_to_message: { from: PERSON } }), false],
    ['a new member', { update_id: 1, my_chat_member: { chat: GROUP, from: PERSON } } as unknown as Update, false],
  ])('%s', (_what, update, limited) => {
    expect(isLimited(update, 'our_bot')).toBe(limited);
  });
});
