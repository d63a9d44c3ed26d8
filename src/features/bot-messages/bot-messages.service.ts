import { Injectable } from '@nestjs/common';
import { BotTexts, type Language, type TextVariables } from '../../telegram/index.js';
import type { Catalog, Words } from './catalog.js';
import { commonTexts } from './common-texts.js';
import { fill } from './fill.js';

const FALLBACK = 'error.internal';

/** The words of all bots. Each bot declares its own, which go before those that serve them all. */
@Injectable()
export class BotMessagesService extends BotTexts {
  private readonly catalogs = new Map<string, Catalog>();
  private common: Catalog = commonTexts;

  declare(bot: string, catalog: Catalog): void {
    this.catalogs.set(bot, { ...this.catalogs.get(bot), ...catalog });
  }

  declareForAll(catalog: Catalog): void {
    this.common = { ...this.common, ...catalog };
  }

  text(bot: string, key: string, language: Language, variables: TextVariables = {}): string {
    const words = this.find(bot, key);
    if (!words) throw new Error(`The bot ${bot} has no words for ${key}`);
    return fill(words[language], variables);
  }

  has(bot: string, key: string): boolean {
    return this.find(bot, key) !== undefined;
  }

  errorKey(bot: string, code: string): string {
    const key = `error.${code}`;
    return this.has(bot, key) ? key : FALLBACK;
  }

  private find(bot: string, key: string): Words | undefined {
    return this.catalogs.get(bot)?.[key] ?? this.common[key];
  }
}
