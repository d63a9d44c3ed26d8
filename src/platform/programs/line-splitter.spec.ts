import { LineSplitter } from './line-splitter.js';

const split = (chunks: (string | Buffer)[], maxLength?: number): string[] => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line), maxLength);
  for (const chunk of chunks) splitter.push(Buffer.from(chunk));
  splitter.end();
  return lines;
};

describe('LineSplitter', () => {
  it('cuts at both separators and leaves empty lines out', () => {
    expect(split(['1%\r2%\r\n', '\n\ndone\n'])).toEqual(['1%', '2%', 'done']);
  });

  it('joins what arrives in pieces, even inside a character', () => {
    const bytes = Buffer.from('цена ₽\n');
    expect(split([bytes.subarray(0, 1), bytes.subarray(1, 11), bytes.subarray(11)])).toEqual(['цена ₽']);
  });

  it('hands out an unfinished last line', () => {
    expect(split(['a\nb'])).toEqual(['a', 'b']);
  });

  it('keeps no more than the longest line allowed, and goes on with the next line', () => {
    expect(split(['0123', '456789', '0123\nnext'], 6)).toEqual(['012345', 'next']);
  });
});
