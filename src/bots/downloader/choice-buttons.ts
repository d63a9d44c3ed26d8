import type { InlineKeyboardMarkup } from 'telegraf/types';

const IN_A_ROW = 3;

/** The words of a button. */
type Say = (key: string) => string;

/** Under a delivered video: in which other forms it can be had. */
export function choiceButtons(say: Say, requestId: string): InlineKeyboardMarkup {
  return {
    inline_keyboard: [
      [
        { text: say('button.quality'), callback_data: `quality:${requestId}` },
        { text: say('button.audio'), callback_data: `audio:${requestId}` },
      ],
    ],
  };
}

/** In their place: the heights to choose from, and the way back. */
export function heightButtons(say: Say, requestId: string, heights: readonly number[]): InlineKeyboardMarkup {
  const buttons = [
    ...heights.map((height) => ({ text: `${height}p`, callback_data: `q:${requestId}:${height}` })),
    { text: say('button.back'), callback_data: `back:${requestId}` },
  ];
  const rows = Array.from({ length: Math.ceil(buttons.length / IN_A_ROW) }, (_, row) =>
    buttons.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW),
  );
  return { inline_keyboard: rows };
}
