import type { Message } from 'telegraf/types';
import { isForOthers } from './addressed.js';

const said = (text: string, more: object = {}) => {
  const entities = text.startsWith('/') ? [{ type: 'bot_command', offset: 0, length: text.split(' ')[0]?.length }] : [];
  return { text, entities, ...more } as unknown as Message;
};

describe('isForOthers', () => {
  it.each([
    ['a link', said('https://a.example'), false],
    ['a command', said('/audio https://a.example'), false],
    ['a command for this bot', said('/audio@Our_Bot https://a.example'), false],
    ['a command for another bot', said('/save@their_bot https://a.example'), true],
    ['an address of mail', said('me@their_bot.example'), false],
    ['a post of the channel', said('https://a.example', { is_automatic_forward: true }), true],
    ['a picture with a command for another bot under it', captioned('/save@their_bot'), true],
    ['a picture', captioned(undefined), false],
  ])('%s', (_what, message, expected) => {
    expect(isForOthers(message, 'our_bot')).toBe(expected);
  });
});

function captioned(caption: string | undefined): Message {
  const caption_entities = caption && [{ type: 'bot_command', offset: 0, length: caption.length }];
  return { photo: [], ...(caption ? { caption, caption_entities } : {}) } as unknown as Message;
}
