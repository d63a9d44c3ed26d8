import type { OpsConfig } from '../../features/ops/index.js';
import type { BotRegistry } from '../../telegram/index.js';
import { AdminChats } from './admin-chats.js';

function chatsOf(adminBot: string | undefined, ...configured: string[]): AdminChats {
  const config = { adminBot, adminChatIds: [7, -100] } as unknown as OpsConfig;
  const bots = { configured: () => configured.map((name) => ({ name })) } as unknown as BotRegistry;
  return new AdminChats(config, bots);
}

describe('the admin chats', () => {
  it.each([
    ['the first bot', undefined, ['downloader', 'generation'], 'downloader'],
    ['the bot that is named', 'generation', ['downloader', 'generation'], 'generation'],
    ['nobody while that has no token', 'generation', ['downloader'], undefined],
    ['nobody while no bot has one', undefined, [], undefined],
  ])('are spoken to by %s', (_who, adminBot, configured, expected) => {
    expect(chatsOf(adminBot, ...configured).bot).toBe(expected);
  });

  it('are those that are configured, and no others', () => {
    const chats = chatsOf(undefined);
    expect([7, -100, 8, 100, 0, undefined].map((id) => chats.has(id))).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
