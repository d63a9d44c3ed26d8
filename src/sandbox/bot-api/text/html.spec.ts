import { parseHtml } from './html.js';

describe('parseHtml', () => {
  it.each<[string, string, object[]]>([
    ['plain & simple', 'plain & simple', []],
    ['<b>bold</b> x', 'bold x', [{ type: 'bold', offset: 0, length: 4 }]],
    [
      '<B>x</b><STRONG>y</>',
      'xy',
      [
        { type: 'bold', offset: 0, length: 1 },
        { type: 'bold', offset: 1, length: 1 },
      ],
    ],
    ['😀 <i>я</i>', '😀 я', [{ type: 'italic', offset: 3, length: 1 }]],
    ['a &lt;b&gt; &amp;amp; &#65;&#x1F600; &nbsp;', 'a <b> &amp; A😀 &nbsp;', []],
    [
      '<b>a<i>b</i></b>',
      'ab',
      [
        { type: 'bold', offset: 0, length: 2 },
        { type: 'italic', offset: 1, length: 1 },
      ],
    ],
    [
      '<a href="https://e.com/?a=1&amp;b=2">link</a>',
      'link',
      [{ type: 'text_link', offset: 0, length: 4, url: 'https://e.com/?a=1&b=2' }],
    ],
    ['<a href="not a url">x</a>', 'x', []],
    [
      '<pre><code class="language-ts">let x</code></pre>',
      'let x',
      [{ type: 'pre', offset: 0, length: 5, language: 'ts' }],
    ],
    ['<code class="language-ts">x</code>', 'x', [{ type: 'code', offset: 0, length: 1 }]],
    ['<blockquote expandable>q</blockquote>', 'q', [{ type: 'expandable_blockquote', offset: 0, length: 1 }]],
    ['<span class="tg-spoiler">s</span>', 's', [{ type: 'spoiler', offset: 0, length: 1 }]],
    ['<b></b>', '', []],
    ['<a href="https://e.com/>">x</a>', 'x', [{ type: 'text_link', offset: 0, length: 1, url: 'https://e.com/>' }]],
  ])('%s', (html, text, entities) => {
    expect(parseHtml(html)).toEqual({ text, entities });
  });

  it.each([
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['я<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 2'],
    ['1 < 2', 'Unclosed start tag at byte offset 2'],
    ['x</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('refuses %s', async (html, why) => {
    await expect(Promise.resolve().then(() => parseHtml(html))).rejects.toMatchObject({
      code: 400,
      description: `Bad Request: can't parse entities: ${why}`,
    });
  });
});
