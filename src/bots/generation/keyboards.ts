import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'telegraf/types';
import type { GenerationKind } from '../../features/generation/index.js';
import type { Draft } from './draft/draft.js';

/** The words of a button. */
export type Say = (key: string) => string;

type Row = InlineKeyboardButton[];

const MENU = [['menu.generate'], ['menu.balance', 'menu.videos'], ['menu.support', 'menu.language']];
const LANGUAGES = [
  ['en', 'English'],
  ['ru', 'Русский'],
] as const;

/** Of the rows that have buttons; undefined when there are none. */
export function inlineKeyboard(rows: Row[]): InlineKeyboardMarkup | undefined {
  const filled = rows.filter((row) => row.length > 0);
  return filled.length > 0 ? { inline_keyboard: filled } : undefined;
}

/** In the place of the keyboard, all the time. */
export function menuKeyboard(say: Say): ReplyKeyboardMarkup {
  const keyboard = MENU.map((row) => row.map((key) => ({ text: say(key) })));
  return { keyboard, resize_keyboard: true, is_persistent: true };
}

/** Under the question of a step: its own buttons, the way back and the way out. */
export function stepButtons(
  say: Say,
  { id, step }: Pick<Draft, 'id' | 'step'>,
  rows: Row[] = [],
): InlineKeyboardMarkup {
  const ways = [
    { text: say('button.back'), callback_data: `back:${id}:${step}` },
    { text: say('button.cancel'), callback_data: `cancel:${id}` },
  ];
  return { inline_keyboard: [...rows, ways] };
}

export function kindRows(say: Say): Row[] {
  const button = (kind: GenerationKind) => ({ text: say(`button.${kind}`), callback_data: `kind:${kind}` });
  return [[button('ugc'), button('ad')], [button('own')]];
}

/** After the end of a video, whichever it was. */
export function afterwardsButtons(say: Say, jobId: string): InlineKeyboardMarkup {
  return {
    inline_keyboard: [
      [{ text: say('button.again'), callback_data: `again:${jobId}` }],
      [{ text: say('button.menu'), callback_data: 'menu' }],
    ],
  };
}

export function languageButtons(): InlineKeyboardMarkup {
  return { inline_keyboard: [LANGUAGES.map(([code, text]) => ({ text, callback_data: `lang:${code}` }))] };
}

/** The ways to the neighbours of a page: `{list}:{page}`. None when all is on one. */
export function pagerRow(say: Say, list: string, page: number, pages: number): Row {
  const to = (key: string, target: number) => ({ text: say(key), callback_data: `${list}:${target}` });
  return [...(page > 1 ? [to('button.newer', page - 1)] : []), ...(page < pages ? [to('button.older', page + 1)] : [])];
}
