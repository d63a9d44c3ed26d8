import { findLinks, type TextEntity } from './find-links.js';

const mark = (text: string, part: string, type = 'url', url?: string): TextEntity => ({
  type,
  offset: text.indexOf(part),
  length: part.length,
  url,
});

describe('findLinks', () => {
  it.each<[string, string[]]>([
    ['no link here', []],
    ['https://youtu.be/dQw4w9WgXcQ', ['https://youtu.be/dQw4w9WgXcQ']],
    ['look: https://youtu.be/dQw4w9WgXcQ.', ['https://youtu.be/dQw4w9WgXcQ']],
    ['(https://youtu.be/dQw4w9WgXcQ)', ['https://youtu.be/dQw4w9WgXcQ']],
    ['`https://youtu.be/dQw4w9WgXc_`', ['https://youtu.be/dQw4w9WgXc_']],
    ['https://en.wikipedia.org/wiki/Foo_(bar)', ['https://en.wikipedia.org/wiki/Foo_(bar)']],
    ['«https://a.example/x»!', ['https://a.example/x']],
    ['https://a.example/1 https://b.example/2', ['https://a.example/1', 'https://b.example/2']],
    ['https://a.example/1\nhttps://a.example/1', ['https://a.example/1']],
    ['HTTPS://A.example/1', ['HTTPS://A.example/1']],
    ['ftp://a.example/1 tg://resolve?domain=x javascript:alert(1)', []],
    ['https://', []],
    ['youtu.be/dQw4w9WgXcQ', []],
  ])('reads %j without marks', (text, links) => {
    expect(findLinks(text)).toEqual(links);
  });

  it('takes a bare domain where Telegram marked one', () => {
    const text = 'see youtu.be/dQw4w9WgXcQ please';
    expect(findLinks(text, [mark(text, 'youtu.be/dQw4w9WgXcQ')])).toEqual(['https://youtu.be/dQw4w9WgXcQ']);
  });

  it('takes the address behind a word', () => {
    const text = 'see this';
    expect(findLinks(text, [mark(text, 'this', 'text_link', 'https://a.example/1')])).toEqual(['https://a.example/1']);
  });

  it('ignores marks that lead to no web page', () => {
    const text = 'write me, mail@a.example, ftp://a.example';
    const entities = [
      mark(text, 'me', 'text_link', 'tg://user?id=1'),
      mark(text, 'mail@a.example', 'email'),
      mark(text, 'ftp://a.example'),
      mark(text, 'write', 'text_link'),
    ];
    expect(findLinks(text, entities)).toEqual([]);
  });

  it('keeps the order of the text over marks, words and plain addresses', () => {
    const text = '🎬 one https://a.example/2 b.example/3';
    const entities = [mark(text, 'b.example/3'), mark(text, 'one', 'text_link', 'https://a.example/1')];
    expect(findLinks(text, entities)).toEqual(['https://a.example/1', 'https://a.example/2', 'https://b.example/3']);
  });

  it('believes the mark about where an address ends, and names it once', () => {
    const text = 'https://a.example/x,y';
    expect(findLinks(text, [mark(text, 'https://a.example/x')])).toEqual(['https://a.example/x']);
  });
});
