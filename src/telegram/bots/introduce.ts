import type { Bot } from './bot-registry.js';
import { abortedBy } from './aborted-by.js';

/** Asks Telegram who a bot is, unless that is known in this process. @returns its username */
export async function introduce({ telegraf }: Pick<Bot, 'telegraf'>, signal?: AbortSignal): Promise<string> {
  telegraf.botInfo ??= await telegraf.telegram.callApi('getMe', {}, signal && abortedBy(signal));
  return telegraf.botInfo.username;
}
