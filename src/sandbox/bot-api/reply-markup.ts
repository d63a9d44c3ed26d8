import { badRequest } from './errors.js';
import { isRecord, type Params } from './params.js';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from './types.js';

const MAX_CALLBACK_DATA_BYTES = 64;

export interface ReplyMarkup {
  inline?: InlineKeyboardMarkup;
  /** A reply keyboard, its removal or a forced reply: it reaches the person, but no bot gets it back. */
  keyboard: unknown;
}

export function readReplyMarkup(params: Params): ReplyMarkup {
  const markup = params.json('reply_markup');
  if (markup === undefined || markup === null) return { keyboard: null };
  if (!isRecord(markup)) throw badRequest('object expected as reply markup');
  if (markup.inline_keyboard === undefined) {
    checkReplyKeyboard(markup.keyboard);
    return { keyboard: markup };
  }
  const rows = rowsOf(markup.inline_keyboard, 'Field "inline_keyboard" of the InlineKeyboardMarkup')
    .map((row) => row.map(inlineButton))
    .filter((row) => row.length > 0);
  return { inline: rows.length > 0 ? { inline_keyboard: rows } : undefined, keyboard: null };
}

function checkReplyKeyboard(keyboard: unknown): void {
  if (keyboard === undefined) return;
  for (const button of rowsOf(keyboard, 'Field "keyboard"').flat()) {
    if (typeof button !== 'string' && !(isRecord(button) && typeof button.text === 'string')) {
      throw badRequest("can't parse keyboard button: KeyboardButton must be a String or an Object");
    }
  }
}

function rowsOf(value: unknown, what: string): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`${what} must be an Array of Arrays`);
  return value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(`${what} must be an Array of Arrays`);
    return row as unknown[];
  });
}

function inlineButton(value: unknown): InlineKeyboardButton {
  const text = isRecord(value) ? value.text : undefined;
  if (!isRecord(value)) {
    throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object");
  }
  if (typeof text !== 'string') {
    throw badRequest('can\'t parse inline keyboard button: Field "text" must be of type String');
  }
  const { callback_data: data, ...rest } = value;
  if (typeof data !== 'string') {
    if (Object.keys(rest).length < 2) throw badRequest('text buttons are unallowed in the inline keyboard');
    return { ...rest, text };
  }
  const bytes = Buffer.byteLength(data);
  if (bytes === 0 || bytes > MAX_CALLBACK_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  return { ...rest, text, callback_data: data };
}
