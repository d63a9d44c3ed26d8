import { Inject, Injectable } from '@nestjs/common';
import type { InlineKeyboardButton } from 'telegraf/types';
import { telegramConfig, type TelegramConfig } from '../../telegram/index.js';
import { urlOfContact } from './url-of-contact.js';

type Say = (key: string, variables?: Record<string, string>) => string;

/** Whom people write to, as the operator has it. */
@Injectable()
export class SupportContact {
  constructor(@Inject(telegramConfig.key) private readonly config: TelegramConfig) {}

  /** `key` names the contact; `keyWithout` is said where there is none. */
  words(say: Say, key: string, keyWithout: string): string {
    const { supportContact: contact } = this.config;
    return contact === undefined ? say(keyWithout) : say(key, { contact });
  }

  /** Until people can pay here, it leads to the contact; nothing where that is no address. */
  topUpRows(say: Say): InlineKeyboardButton[][] {
    const url = urlOfContact(this.config.supportContact);
    return url === undefined ? [] : [[{ text: say('button.top_up'), url }]];
  }
}
